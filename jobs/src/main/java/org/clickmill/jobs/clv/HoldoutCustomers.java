package org.clickmill.jobs.clv;

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
 * Finds the history of each customer by the end of the calibration, and the weeks of the hold-out
 * in which the customer bought. Its table stays in the staging folder.
 */
public final class HoldoutCustomers implements Analysis {
  static final String DATASET = "clv_holdout_customers";

  static final TableSchema SCHEMA = TableSchema.load(HoldoutCustomers.class, DATASET + ".avsc");

  @Override
  public String name() {
    return "clv-holdout";
  }

  @Override
  public List<Table> tables() {
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.allDays(Clv.CUSTOMER_DAYS), 1, List.of()));
  }

  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    var reads = new CalibrationReads(catalog);
    return requests.stream()
        .map(
            request -> {
              var days = request.table().inputs().of(request.start(), catalog.firstDay());
              var end = Holdout.of(configuration, request.start()).calibrationEnd();
              return new OutputPartition(request.table(), request.start(), reads.of(days, end));
            })
        .toList();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return context.dataset().equals(Clv.CUSTOMERS)
        ? new KnownPurchasesFold(context)
        : new PurchaseDaysFold(context);
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    var holdout = Holdout.of(configuration, context.start());
    return new HoldoutMerge(holdout, Cohorts.of(configuration, holdout.calibrationEnd()));
  }
}
