package org.clickmill.drivers.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.clv.Clv;
import org.clickmill.jobs.clv.ClvSettings;
import org.clickmill.jobs.container.SharedContainer;
import org.clickmill.jobs.customers.CustomerDays;
import org.clickmill.jobs.customers.Customers;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.ingest.Compact;
import org.clickmill.jobs.ingest.IngestSettings;
import org.clickmill.jobs.interactions.Interactions;
import org.clickmill.jobs.interactions.InteractionsDays;
import org.clickmill.jobs.interactions.InteractionsSettings;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.TableMaker;
import org.clickmill.jobs.live.Live;
import org.clickmill.jobs.live.LiveSettings;
import org.clickmill.jobs.load.LoadSettings;
import org.clickmill.jobs.push.PushSettings;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.sales.SalesTrend;
import org.clickmill.jobs.sessions.Funnel;
import org.clickmill.jobs.sessions.FunnelSettings;
import org.clickmill.jobs.sessions.Sessions;
import org.clickmill.jobs.sessions.SessionsSettings;
import org.clickmill.jobs.views.TopProducts;
import org.clickmill.jobs.views.Trending;
import org.clickmill.jobs.views.ViewCounts;

/** All tables of the suite, and in which order they are computed. */
public final class Suite {
  private static final List<TableMaker> MAKERS =
      List.of(
          new Compact(),
          new ViewCounts(),
          new Sales(),
          new Sessions(),
          new CustomerDays(),
          new InteractionsDays(),
          new TopProducts(),
          new Trending(),
          new SalesTrend(),
          new Funnel(),
          new Customers(),
          new Clv(),
          new Interactions(),
          new Live());

  private Suite() {}

  /**
   * A table that can be computed.
   *
   * @param maker computes it
   */
  public record Entry(Table table, TableMaker maker) {
    /** The name of the command that computes it. */
    public String command() {
      return maker.name();
    }

    /** Whether it is folded from days of events, in one scan with all others that are. */
    public boolean isAnalyzed() {
      return maker instanceof Analysis && table.inputs().datasets().contains(Datasets.EVENTS_DAILY);
    }
  }

  /** The settings of all jobs. */
  public static List<ConfigKey<?>> settings() {
    return Stream.of(
            KernelSettings.all(),
            IngestSettings.all(),
            ClvSettings.all(),
            FunnelSettings.all(),
            SessionsSettings.all(),
            LiveSettings.all(),
            LoadSettings.all(),
            InteractionsSettings.all(),
            PushSettings.all(),
            List.<ConfigKey<?>>of(
                PipelineSettings.SLICE_MB,
                SharedContainer.INPUT_MB,
                Sales.TABLES,
                SalesTrend.TABLES,
                TopProducts.LIMIT,
                Trending.WINDOWS,
                ViewCounts.TABLES,
                ViewCounts.COLUMNS))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Every table that the settings ask for, {@code events_daily} first.
   *
   * @throws IllegalStateException if what an analysis declares does not fit the schemas
   */
  public static List<Entry> entries(Configuration configuration) {
    var entries = new ArrayList<Entry>();
    for (var maker : MAKERS) {
      if (maker instanceof GroupBy<?> declared) {
        declared.check(Suite::schemaOf, configuration);
      }
      for (var table : maker.tables(configuration)) {
        entries.add(new Entry(table, maker));
      }
    }
    return entries;
  }

  /** Every table that there can be, whether or not the settings ask for it. */
  public static List<Entry> all() {
    return MAKERS.stream()
        .flatMap(maker -> maker.tables().stream().map(table -> new Entry(table, maker)))
        .toList();
  }

  /**
   * The tables of some names, and all tables that these are made from.
   *
   * @throws ClickmillException of kind usage if there is no table of a name
   */
  public static List<Entry> withInputs(Collection<String> names, List<Entry> entries) {
    requireKnown(names, entries);
    var wanted = new HashSet<>(names);
    int before = 0;
    while (wanted.size() > before) {
      before = wanted.size();
      entries.stream()
          .filter(entry -> wanted.contains(entry.table().dataset()))
          .forEach(entry -> wanted.addAll(entry.table().inputs().datasets()));
    }
    return entries.stream().filter(entry -> wanted.contains(entry.table().dataset())).toList();
  }

  /**
   * The tables of some names.
   *
   * @throws ClickmillException of kind usage if there is no table of a name
   */
  public static List<Entry> named(Collection<String> names, List<Entry> entries) {
    requireKnown(names, entries);
    return entries.stream().filter(entry -> names.contains(entry.table().dataset())).toList();
  }

  private static void requireKnown(Collection<String> names, List<Entry> entries) {
    var known = entries.stream().map(entry -> entry.table().dataset()).toList();
    for (var name : names) {
      if (known.contains(name)) {
        continue;
      }
      boolean isOfSuite = all().stream().anyMatch(entry -> entry.table().dataset().equals(name));
      throw isOfSuite
          ? ClickmillException.usage(
              "Invalid table: '%s': the settings do not ask for it, but for %s",
              name, String.join(", ", known))
          : ClickmillException.usage(
              "Invalid table: '%s'. Did you mean %s? The settings ask for %s",
              name, Nearest.to(name, known), String.join(", ", known));
    }
  }

  /**
   * Tables in levels: each is computed from tables of levels before its own, or of its own
   * analysis.
   */
  public static List<List<Entry>> levels(List<Entry> entries) {
    var levels = new ArrayList<List<Entry>>();
    var rest = new ArrayList<>(entries);
    while (!rest.isEmpty()) {
      var waiting = List.copyOf(rest);
      var level = waiting.stream().filter(entry -> !waitsFor(entry, waiting)).toList();
      if (level.isEmpty()) {
        throw new IllegalStateException("Tables are made from each other: " + waiting);
      }
      levels.add(level);
      rest.removeAll(level);
    }
    return levels;
  }

  private static boolean waitsFor(Entry entry, Collection<Entry> others) {
    var inputs = entry.table().inputs().datasets();
    return others.stream()
        .anyMatch(
            other -> other.maker() != entry.maker() && inputs.contains(other.table().dataset()));
  }

  /** Whether computing tables may make others of them stale: they are made from each other. */
  static boolean isLinked(Collection<Entry> level) {
    var outputs = new HashSet<String>();
    level.forEach(entry -> outputs.add(entry.table().dataset()));
    return level.stream()
        .anyMatch(entry -> entry.table().inputs().datasets().stream().anyMatch(outputs::contains));
  }

  /** The datasets that tables are computed from or written to. */
  public static Set<String> datasets(Collection<Entry> entries) {
    var datasets = new LinkedHashSet<String>();
    datasets.add(Datasets.EVENTS);
    for (var entry : entries) {
      datasets.addAll(entry.table().inputs().datasets());
      datasets.add(entry.table().dataset());
    }
    return datasets;
  }

  /** The columns of a dataset that some table of the suite is. */
  public static TableSchema schemaOf(String dataset) {
    return all().stream()
        .map(Entry::table)
        .filter(table -> table.dataset().equals(dataset))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown dataset: " + dataset))
        .schema();
  }
}
