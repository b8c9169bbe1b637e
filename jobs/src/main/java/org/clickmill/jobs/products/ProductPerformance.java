package org.clickmill.jobs.products;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.SlidingJobs;
import org.clickmill.jobs.kernel.Table;

/** How each product does on a day: views, sessions, sales, and sales of the days before. */
public final class ProductPerformance implements JobChain {
  static final String NAME = "product-performance";

  private static final String DATASET = AnalystTables.PRODUCT_PERFORMANCE;

  /** Their rows are wider than those that the kernel counts with. */
  private static final int ROWS_OF_A_PRODUCT = 2;

  static final TableSchema SCHEMA = TableSchema.load(ProductPerformance.class, DATASET + ".avsc");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String command() {
    return "pipeline";
  }

  @Override
  public boolean bringsInputs() {
    return true;
  }

  @Override
  public List<Table> tables() {
    return List.of(table());
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return AnalystTables.asked(tables(), configuration);
  }

  static Table table() {
    return Table.daily(DATASET, SCHEMA, new PerformanceInputs(), 1, List.of());
  }

  @Override
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    return new SlidingJobs(run, catalog, schemas)
        .run(new ProductPerformanceAnalysis(), ROWS_OF_A_PRODUCT, requests);
  }
}
