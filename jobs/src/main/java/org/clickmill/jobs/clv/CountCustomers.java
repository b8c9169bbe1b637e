package org.clickmill.jobs.clv;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * Counts the customers of a snapshot by what the models and scores look at. Its tables are sorted
 * by all their columns but the last, stay in the staging folder and go with it.
 */
public final class CountCustomers implements Analysis {
  static final String HISTORIES = "clv_histories";
  static final String VALUES = "clv_values";
  static final String REVENUES = "clv_revenues";

  private static final List<Table> TABLES =
      List.of(table(HISTORIES), table(VALUES), table(REVENUES));

  private static Table table(String dataset) {
    var schema = TableSchema.load(CountCustomers.class, dataset + ".avsc");
    return Table.daily(dataset, schema, Inputs.day(Clv.CUSTOMERS), 1, List.of())
        .spreadOver(Spread.ONE_REDUCER);
  }

  @Override
  public String name() {
    return "clv-count";
  }

  @Override
  public List<Table> tables() {
    return TABLES;
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new CountCustomersFold(day -> Cohorts.of(configuration, day));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new CountCustomersMerge(table.schema());
  }
}
