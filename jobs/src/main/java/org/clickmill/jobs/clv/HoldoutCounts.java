package org.clickmill.jobs.clv;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
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
 * Counts {@link HoldoutCustomers} by their histories, and their purchases in each week of the
 * hold-out by cohort and frequency. Its tables are sorted by all their columns but the last, and
 * stay in the staging folder.
 */
public final class HoldoutCounts implements Analysis {
  static final String HISTORIES = "clv_holdout_histories";
  static final String WEEKS = "clv_holdout_weeks";

  /** Includes all larger x, as in the literature. */
  static final int LAST_CLASS = 7;

  private static final List<Table> TABLES =
      List.of(table(HISTORIES, CountCustomers.HISTORIES), table(WEEKS, WEEKS));

  private static Table table(String dataset, String schema) {
    return Table.daily(
            dataset,
            TableSchema.load(HoldoutCounts.class, schema + ".avsc"),
            Inputs.day(HoldoutCustomers.DATASET),
            1,
            List.of())
        .spreadOver(Spread.ONE_REDUCER);
  }

  @Override
  public String name() {
    return "clv-holdout-count";
  }

  @Override
  public List<Table> tables() {
    return TABLES;
  }

  /** What an earlier job staged, which no catalog has. */
  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    return requests.stream()
        .map(
            request ->
                new OutputPartition(
                    request.table(),
                    request.start(),
                    Set.of(Partition.ofDay(HoldoutCustomers.DATASET, request.start()))))
        .toList();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return new HoldoutCountsFold(
        day -> Cohorts.of(configuration, Holdout.of(configuration, day).calibrationEnd()));
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new CountCustomersMerge(table.schema());
  }

  /** The class of a frequency. */
  static int classOf(int x) {
    return Math.min(x, LAST_CLASS);
  }
}
