package org.clickmill.jobs.sales;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.SlidingJobs;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.sales.SalesTable.Bucket;
import org.clickmill.jobs.sales.SalesTable.Dimension;

/**
 * Each day's revenue and orders against the days before it, from the daily sales of the shop and by
 * category, brand and product.
 */
public final class SalesTrend implements JobChain {
  static final String NAME = "sales-trend";

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
    return NAME;
  }

  @Override
  public List<Table> tables() {
    return all();
  }

  static List<Table> all() {
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
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    return new SlidingJobs(run, catalog, schemas).run(new SalesTrendAnalysis(), 1, requests);
  }

  private static List<String> datasets() {
    return Arrays.stream(Dimension.values()).map(SalesTrend::dataset).toList();
  }

  private static String dataset(Dimension dimension) {
    return DATASET + dimension.suffix();
  }

  private static Table table(Dimension dimension) {
    var daily = new SalesTable(dimension, Bucket.DAY).dataset();
    return Table.daily(
        dataset(dimension),
        dimension == Dimension.SHOP ? SCHEMA : SCHEMA_BY_VALUE,
        Inputs.window(daily, TrendDays.LONGEST),
        LOGIC_VERSION,
        List.of());
  }
}
