package org.clickmill.jobs.customers;

import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.OutputPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Spread;

/**
 * A snapshot of what the customers who first bought in a month did in each month since. All that it
 * counts adds up, so it begins with an older snapshot and the days after it, as customers does.
 */
public final class Cohorts implements Analysis {
  public static final String DATASET = "cohorts";

  static final TableSchema SCHEMA = TableSchema.load(Cohorts.class, DATASET + ".avsc");

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
    return List.of(
        Table.daily(DATASET, SCHEMA, Inputs.allDays(CustomerActivity.DATASET), 1, List.of())
            .spreadOver(Spread.ONE_REDUCER)
            .asSnapshot());
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return CustomerTables.asked(tables(), configuration);
  }

  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    return new SnapshotStart(catalog, configuration).outputPartitions(requests);
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new CohortsFold(
        context.dataset().equals(DATASET) ? new CohortSnapshotRows() : new CohortDayRows());
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new CohortsMerge(context);
  }
}
