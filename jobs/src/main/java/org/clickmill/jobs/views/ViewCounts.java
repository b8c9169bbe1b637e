package org.clickmill.jobs.views;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** Views and distinct visitors per product, by day and by hour. */
public final class ViewCounts implements Analysis {
  public static final String DAILY = "view_counts";
  public static final String HOURLY = "view_counts_hourly";

  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.view-counts.tables",
          DAILY + "," + HOURLY,
          List.of(DAILY, HOURLY),
          "The tables that view-counts, analyze and pipeline write.");

  /** Those that take time beyond the counting of views. */
  public static final ConfigKey<List<String>> COLUMNS =
      ConfigKey.ofList(
          "clickmill.view-counts.columns",
          String.join(",", ViewColumns.NAMES),
          ViewColumns.NAMES,
          "The columns of view counts that are filled besides views, or 'none'; the others are NULL."
              + " 'visitors' stands for visitors and visitors_sketch.");

  static final TableSchema DAILY_SCHEMA = TableSchema.load(ViewCounts.class, DAILY + ".avsc");
  static final TableSchema HOURLY_SCHEMA = TableSchema.load(ViewCounts.class, HOURLY + ".avsc");

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return "view-counts";
  }

  @Override
  public List<Table> tables() {
    return List.of(table(DAILY, DAILY_SCHEMA), table(HOURLY, HOURLY_SCHEMA));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    var wanted = Set.copyOf(TABLES.get(configuration));
    return tables().stream().filter(table -> wanted.contains(table.dataset())).toList();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new ViewCountsFold(context.tables(), ViewColumns.of(configuration), context.emitter());
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new ViewCountsMerge(
        table.schema(), table.dataset().equals(HOURLY), ViewColumns.of(configuration));
  }

  private static Table table(String dataset, TableSchema schema) {
    return Table.daily(
        dataset, schema, Inputs.day(Datasets.EVENTS_DAILY), LOGIC_VERSION, List.of(COLUMNS));
  }
}
