package org.clickmill.jobs.customers;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;

/** What each customer bought and returned on a day. */
public final class CustomerDays implements Analysis {
  public static final String DATASET = "customer_days";

  private static final TableSchema SCHEMA =
      TableSchema.load(CustomerDays.class, "customer_days.avsc");

  @Override
  public String name() {
    return Customers.COMMAND;
  }

  @Override
  public List<Table> tables() {
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), 1, List.of()));
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new CustomerDaysFold();
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new CustomerDaysMerge(SCHEMA, context);
  }
}
