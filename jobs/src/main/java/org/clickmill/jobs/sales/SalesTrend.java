package org.clickmill.jobs.sales;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.sales.SalesTable.Bucket;
import org.clickmill.jobs.sales.SalesTable.Dimension;

/**
 * Each day's revenue and orders against the days before it, from the daily sales of the shop and by
 * category, brand and product.
 */
public final class SalesTrend implements Analysis {
  private static final String DATASET = "sales_trend";

  /** All four, as sales writes all four daily tables; a trend is made only where these are. */
  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.sales-trend.tables",
          String.join(",", datasets()),
          datasets(),
          "The tables that sales-trend and pipeline write, as far as clickmill.sales.tables has the"
              + " daily sales that they are made from.");

  private static final TableSchema SCHEMA = TableSchema.load(SalesTrend.class, "sales_trend.avsc");
  private static final TableSchema SCHEMA_BY_VALUE =
      TableSchema.load(SalesTrend.class, "sales_trend_by_value.avsc");

  private static final int LOGIC_VERSION = 1;

  @Override
  public String name() {
    return "sales-trend";
  }

  @Override
  public List<Table> tables() {
    return Arrays.stream(Dimension.values()).map(SalesTrend::table).toList();
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    var wanted = Set.copyOf(TABLES.get(configuration));
    var sales = Set.copyOf(Sales.TABLES.get(configuration));
    return tables().stream()
        .filter(table -> wanted.contains(table.dataset()))
        .filter(table -> sales.containsAll(table.inputs().datasets()))
        .toList();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    var salesTable = SalesTable.named(context.dataset()).orElseThrow();
    return new SalesTrendFold(dataset(salesTable.dimension()), hasValue(salesTable.dimension()));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new SalesTrendMerge(table, context);
  }

  private static List<String> datasets() {
    return Arrays.stream(Dimension.values()).map(SalesTrend::dataset).toList();
  }

  private static String dataset(Dimension dimension) {
    return DATASET + dimension.suffix();
  }

  private static boolean hasValue(Dimension dimension) {
    return dimension != Dimension.SHOP;
  }

  private static Table table(Dimension dimension) {
    var daily = new SalesTable(dimension, Bucket.DAY).dataset();
    return Table.daily(
        dataset(dimension),
        hasValue(dimension) ? SCHEMA_BY_VALUE : SCHEMA,
        Inputs.window(daily, TrendDays.LONGEST),
        LOGIC_VERSION,
        List.of());
  }
}
