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

/** A snapshot of every customer known by the end of a day. */
public final class Customers implements Analysis {
  public static final String DATASET = "customers";

  /** The command that computes the days and the snapshot. */
  static final String COMMAND = "customers";

  private static final TableSchema SCHEMA = TableSchema.load(Customers.class, "customers.avsc");

  @Override
  public String name() {
    return COMMAND;
  }

  @Override
  public List<Table> tables() {
    return List.of(table());
  }

  static Table table() {
    return Table.daily(DATASET, SCHEMA, Inputs.allDays(CustomerDays.DATASET), 1, List.of())
        .asSnapshot();
  }

  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    return new SnapshotStart(catalog, configuration).outputPartitions(requests);
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return context.dataset().equals(DATASET) ? new SnapshotFold() : new DaysFold();
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new CustomersMerge(SCHEMA, context);
  }
}
