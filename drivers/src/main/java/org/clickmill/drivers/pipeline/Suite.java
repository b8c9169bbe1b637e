package org.clickmill.drivers.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.clv.Clv;
import org.clickmill.jobs.clv.ClvSettings;
import org.clickmill.jobs.container.SharedContainer;
import org.clickmill.jobs.customers.Cohorts;
import org.clickmill.jobs.customers.CustomerActivity;
import org.clickmill.jobs.customers.CustomerDays;
import org.clickmill.jobs.customers.CustomerHistory;
import org.clickmill.jobs.customers.CustomerTables;
import org.clickmill.jobs.customers.Customers;
import org.clickmill.jobs.customers.Identities;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.ingest.Compact;
import org.clickmill.jobs.ingest.IngestSettings;
import org.clickmill.jobs.interactions.Interactions;
import org.clickmill.jobs.interactions.InteractionsDays;
import org.clickmill.jobs.interactions.InteractionsSettings;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.TableMaker;
import org.clickmill.jobs.live.Live;
import org.clickmill.jobs.live.LiveSettings;
import org.clickmill.jobs.load.LoadSettings;
import org.clickmill.jobs.metrics.MetricAnalysis;
import org.clickmill.jobs.metrics.MetricFiles;
import org.clickmill.jobs.metrics.MetricSettings;
import org.clickmill.jobs.metrics.MetricText;
import org.clickmill.jobs.metrics.Metrics;
import org.clickmill.jobs.orders.OrderDays;
import org.clickmill.jobs.orders.OrderStarts;
import org.clickmill.jobs.orders.Orders;
import org.clickmill.jobs.products.ProductPerformance;
import org.clickmill.jobs.push.PushSettings;
import org.clickmill.jobs.reviews.Reviews;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.sales.SalesTrend;
import org.clickmill.jobs.sessions.Funnel;
import org.clickmill.jobs.sessions.FunnelSettings;
import org.clickmill.jobs.sessions.Sessions;
import org.clickmill.jobs.sessions.SessionsSettings;
import org.clickmill.jobs.sessions.UserFunnel;
import org.clickmill.jobs.sessions.UserSteps;
import org.clickmill.jobs.summary.DailySummary;
import org.clickmill.jobs.summary.Dwell;
import org.clickmill.jobs.summary.EventTotals;
import org.clickmill.jobs.summary.Traffic;
import org.clickmill.jobs.views.TopProducts;
import org.clickmill.jobs.views.Trending;
import org.clickmill.jobs.views.ViewCounts;

/**
 * All tables of the suite, and in which order they are computed: those that are built in, and the
 * metrics that the settings declare.
 */
public final class Suite {
  private static final List<TableMaker> BUILT_IN =
      List.of(
          new Compact(),
          new ViewCounts(),
          new Sales(),
          new Sessions(),
          new CustomerDays(),
          new InteractionsDays(),
          new EventTotals(),
          new OrderDays(),
          new UserSteps(),
          new Reviews(),
          new TopProducts(),
          new Trending(),
          new SalesTrend(),
          new Funnel(),
          new Customers(),
          new CustomerHistory(),
          new CustomerActivity(),
          new Cohorts(),
          new Identities(),
          new Clv(),
          new Interactions(),
          new DailySummary(),
          new Traffic(),
          new OrderStarts(),
          new Orders(),
          new ProductPerformance(),
          new Dwell(),
          new UserFunnel(),
          new Live());

  private static final String METRICS = "metrics";

  private Suite() {}

  /**
   * A table that can be computed.
   *
   * @param maker computes it
   */
  public record Entry(Table table, TableMaker maker) {
    /** The name of the command that computes it. */
    public String command() {
      return maker.command();
    }

    /** The name of what computes it in the report of a run. */
    public String step() {
      return isMetric() ? METRICS : maker.name();
    }

    /** Whether the settings declare it. */
    public boolean isMetric() {
      return maker instanceof MetricAnalysis;
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
            MetricSettings.all(),
            PushSettings.all(),
            List.<ConfigKey<?>>of(
                PipelineSettings.SLICE_MB,
                SharedContainer.INPUT_MB,
                CustomerTables.TABLES,
                AnalystTables.TABLES,
                Sales.TABLES,
                SalesTrend.TABLES,
                TopProducts.LIMIT,
                UserFunnel.WINDOW_DAYS,
                Trending.WINDOWS,
                ViewCounts.TABLES,
                ViewCounts.COLUMNS))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Every table that the settings ask for, {@code events_daily} first, the metrics last.
   *
   * @throws IllegalStateException if what an analysis declares does not fit the schemas
   * @throws ClickmillException of kind usage if something is wrong with a metric
   */
  public static List<Entry> entries(Configuration configuration) {
    var entries = builtIn(configuration);
    var metrics = metrics(MetricFiles.of(configuration), entries, configuration);
    var schemas = new HashMap<String, TableSchema>();
    BUILT_IN.forEach(maker -> maker.tables().forEach(table -> add(schemas, table)));
    metrics.forEach(metric -> add(schemas, metric.table()));
    Stream.concat(BUILT_IN.stream(), metrics.stream())
        .filter(maker -> maker instanceof GroupBy<?>)
        .forEach(maker -> ((GroupBy<?>) maker).check(schemas::get, configuration));
    metrics.forEach(metric -> entries.add(new Entry(metric.table(), metric)));
    return entries;
  }

  private static void add(Map<String, TableSchema> schemas, Table table) {
    schemas.put(table.dataset(), table.schema());
  }

  /** The tables that the settings ask for, and what some of them bring. */
  private static List<Entry> builtIn(Configuration configuration) {
    var asked = new HashMap<String, Entry>();
    for (var maker : BUILT_IN) {
      maker.tables(configuration).forEach(table -> add(asked, new Entry(table, maker)));
    }
    var brought =
        asked.values().stream()
            .filter(entry -> entry.maker().bringsInputs())
            .flatMap(entry -> entry.table().inputs().datasets().stream())
            .collect(Collectors.toCollection(ArrayDeque::new));
    while (!brought.isEmpty()) {
      var dataset = brought.remove();
      if (!asked.containsKey(dataset)) {
        var entry = entryOf(dataset);
        add(asked, entry);
        brought.addAll(entry.table().inputs().datasets());
      }
    }
    return BUILT_IN.stream()
        .flatMap(maker -> maker.tables().stream())
        .map(table -> asked.get(table.dataset()))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Entry entryOf(String dataset) {
    return BUILT_IN.stream()
        .flatMap(maker -> maker.tables().stream().map(table -> new Entry(table, maker)))
        .filter(entry -> entry.table().dataset().equals(dataset))
        .findFirst()
        .orElseThrow();
  }

  private static void add(Map<String, Entry> entries, Entry entry) {
    entries.put(entry.table().dataset(), entry);
  }

  /**
   * The metrics that the settings declare.
   *
   * @throws ClickmillException of kind usage if something is wrong with one
   */
  public static List<MetricAnalysis> metrics(Configuration configuration) {
    return metrics(MetricFiles.of(configuration), builtIn(configuration), configuration);
  }

  /**
   * Metrics of some texts among the built-in tables, whatever the settings declare.
   *
   * @throws ClickmillException of kind usage if something is wrong with one
   */
  public static List<MetricAnalysis> metrics(List<MetricText> texts, Configuration configuration) {
    return metrics(texts, builtIn(configuration), configuration);
  }

  private static List<MetricAnalysis> metrics(
      List<MetricText> texts, List<Entry> builtIn, Configuration configuration) {
    return Metrics.of(
        texts,
        builtIn.stream().map(Entry::table).toList(),
        BUILT_IN.stream().flatMap(maker -> maker.tables().stream()).toList(),
        MetricSettings.MAX_ROWS.get(configuration),
        MetricSettings.TIME_ZONE.get(configuration));
  }

  /** Every table that there can be, whether or not the settings ask for it. */
  public static List<Entry> all(Configuration configuration) {
    return Stream.concat(BUILT_IN.stream(), metrics(configuration).stream())
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
      boolean isOfSuite =
          BUILT_IN.stream()
              .flatMap(maker -> maker.tables().stream())
              .anyMatch(table -> table.dataset().equals(name));
      throw isOfSuite
          ? ClickmillException.usage(
              "Invalid table: '%s': the settings do not ask for it, but for %s",
              name, String.join(", ", known))
          : ClickmillException.usage(
              "Invalid table: '%s'.%s The settings ask for %s",
              name, Nearest.question(name, known, ""), String.join(", ", known));
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

  /** The columns of every dataset that some table of the suite is. */
  public static Schemas schemas(Configuration configuration) {
    var schemas = new HashMap<String, TableSchema>();
    all(configuration).forEach(entry -> add(schemas, entry.table()));
    return dataset -> {
      var schema = schemas.get(dataset);
      if (schema == null) {
        throw new IllegalArgumentException("Unknown dataset: " + dataset);
      }
      return schema;
    };
  }
}
