package org.clickmill.drivers.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.ingest.CompactJob;
import org.clickmill.jobs.ingest.IngestSettings;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.views.TopProducts;
import org.clickmill.jobs.views.ViewCounts;

/** All tables of the suite, and in which order they are computed. */
public final class Suite {
  /** The command that makes days of hours. */
  public static final String COMPACT = "compact";

  private static final List<Analysis> ANALYSES =
      List.of(new ViewCounts(), new Sales(), new TopProducts());

  private Suite() {}

  /**
   * A table that can be computed.
   *
   * @param command name of the command that computes it
   * @param analysis makes its folds and merges; null for {@code events_daily}
   */
  public record Entry(String command, Table table, Analysis analysis) {}

  /** Every analysis. */
  public static List<Analysis> analyses() {
    return ANALYSES;
  }

  /** The settings of all jobs. */
  public static List<ConfigKey<?>> settings() {
    return Stream.of(
            KernelSettings.all(),
            IngestSettings.all(),
            List.<ConfigKey<?>>of(Sales.TABLES, TopProducts.LIMIT, ViewCounts.TABLES))
        .flatMap(List::stream)
        .toList();
  }

  /** Every table that the settings ask for, {@code events_daily} first. */
  public static List<Entry> entries(Configuration configuration) {
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(COMPACT, CompactJob.table(), null));
    for (var analysis : ANALYSES) {
      for (var table : analysis.tables(configuration)) {
        entries.add(new Entry(analysis.name(), table, analysis));
      }
    }
    return entries;
  }

  /** Tables in levels: each is computed from tables of levels before its own. */
  public static List<List<Entry>> levels(List<Entry> entries) {
    var levels = new ArrayList<List<Entry>>();
    var rest = new ArrayList<>(entries);
    while (!rest.isEmpty()) {
      Set<String> outputs = new LinkedHashSet<>();
      rest.forEach(entry -> outputs.add(entry.table().dataset()));
      var level = rest.stream().filter(entry -> !outputs.contains(entry.table().input())).toList();
      levels.add(level);
      rest.removeAll(level);
    }
    return levels;
  }

  /** The datasets that tables are computed from or written to. */
  public static Set<String> datasets(List<Entry> entries) {
    var datasets = new LinkedHashSet<String>();
    datasets.add(Datasets.EVENTS);
    for (var entry : entries) {
      datasets.add(entry.table().input());
      datasets.add(entry.table().dataset());
    }
    return datasets;
  }
}
