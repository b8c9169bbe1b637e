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

/**
 * A snapshot of which visitors turned out to be which users, as their sessions say; made from all
 * days of sessions, or from an older snapshot and the days after it.
 */
public final class Identities implements Analysis {
  public static final String DATASET = "identities";

  private static final String SESSIONS = "sessions";

  static final TableSchema SCHEMA = TableSchema.load(Identities.class, DATASET + ".avsc");

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
        Table.daily(DATASET, SCHEMA, Inputs.allDays(SESSIONS), 1, List.of()).asSnapshot());
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
    return context.dataset().equals(DATASET)
        ? new IdentitiesFold(context.emitter(), "visitor_id", "first_time", "last_time", "sessions")
        : new IdentitiesFold(context.emitter(), "visitor", "start_time", "end_time", null);
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new IdentitiesMerge();
  }
}
