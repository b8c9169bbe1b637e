package org.clickmill.jobs.orders;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.analyst.AnalystTables;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/** The orders that begin on a day, and which of them are the first of a customer. */
public final class Orders implements Analysis {
  public static final String DATASET = AnalystTables.ORDERS;

  static final String CUSTOMERS = "customer_activity";
  static final TableSchema SCHEMA = TableSchema.load(Orders.class, DATASET + ".avsc");

  @Override
  public String name() {
    return DATASET;
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
    var inputs = Inputs.day(List.of(OrderStarts.DATASET, CUSTOMERS));
    return List.of(
        Table.daily(DATASET, SCHEMA, inputs, 1, List.of()).spreadOver(Spread.BY_FIRST_PART));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return AnalystTables.asked(tables(), configuration);
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return context.dataset().equals(CUSTOMERS)
        ? new NewCustomersFold(context.emitter())
        : new OrdersFold(context.emitter());
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new OrdersMerge();
  }
}
