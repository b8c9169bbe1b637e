package org.clickmill.jobs.interactions;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.OutputPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.Table;

/**
 * The second job of {@link Interactions}: reads the days again, and with them the dictionary of
 * users that the first job has staged.
 */
final class RatingScan implements Analysis {
  @Override
  public String name() {
    return Interactions.NAME;
  }

  @Override
  public List<Table> tables() {
    return new Interactions().tables();
  }

  @Override
  public Fold fold(FoldContext context, Configuration configuration) {
    return context.dataset().equals(Interactions.USERS)
        ? new UserFold(context.emitter())
        : new RatingFold(Weights.of(configuration), context.emitter());
  }

  @Override
  public Merge merge(Table table, MergeContext context, Configuration configuration) {
    return new RatingMerge(
        Weights.of(configuration),
        () ->
            ProductIndex.read(
                Partition.ofDay(Interactions.PRODUCTS, context.start())
                    .below(StagedJob.staging(configuration)),
                configuration));
  }

  @Override
  public List<OutputPartition> outputPartitions(
      Collection<Request> requests, Catalog catalog, Configuration configuration) {
    return Analysis.super.outputPartitions(requests, catalog, configuration).stream()
        .map(RatingScan::withUsers)
        .toList();
  }

  private static OutputPartition withUsers(OutputPartition output) {
    var reads = new HashSet<>(output.reads());
    reads.add(Partition.ofDay(Interactions.USERS, output.start()));
    return new OutputPartition(output.table(), output.start(), reads);
  }
}
