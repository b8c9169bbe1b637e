package org.clickmill.jobs.customers;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
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

/**
 * The customers of each day, and what was known of them before: the day that each first bought on.
 */
public final class CustomerActivity implements JobChain {
  public static final String DATASET = "customer_activity";

  static final String NAME = "customer-activity";

  private static final TableSchema SCHEMA =
      TableSchema.load(CustomerActivity.class, DATASET + ".avsc");

  /** Their rows are wider than those that the kernel counts with. */
  private static final int ROWS_OF_A_CUSTOMER = 2;

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
    return CustomerTables.asked(tables(), configuration);
  }

  /**
   * All days before are inputs. Of customer_history the day before stands for them; an older
   * snapshot of customers and the days after it are what is read.
   */
  static Table table() {
    var inputs = new HistoryInputs(List.of(Customers.DATASET), Inputs.ALL_DAYS);
    return Table.daily(DATASET, SCHEMA, inputs, 1, List.of());
  }

  @Override
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    return new SlidingJobs(run, catalog, schemas)
        .run(new CustomerActivityAnalysis(), ROWS_OF_A_CUSTOMER, requests);
  }
}
