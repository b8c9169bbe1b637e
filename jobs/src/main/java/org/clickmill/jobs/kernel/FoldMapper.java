package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.read.BatchSplit;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.ReadCounter;
import org.clickmill.formats.warehouse.Partition;

/**
 * Hands every batch to the folds that want its partition, and flushes them when that is over. What
 * a route needs no other task for is merged right here; the rest is shuffled.
 */
public final class FoldMapper
    extends Mapper<NullWritable, ColumnBatch, BytesWritable, BytesWritable> {

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, KernelSettings.FOLD_MEMORY_MB, () -> scan(context));
  }

  private static void scan(Context context) throws IOException, InterruptedException {
    var configuration = context.getConfiguration();
    long memoryBudget = KernelSettings.foldMemoryBytes(configuration);
    var plan = ScanPlan.read(configuration);
    var staged = new StagedFiles(context);
    try (var files = new PartitionFiles(staged, configuration);
        var merge = new RouteMerge(context, plan, staged)) {
      var routes = new ArrayList<RoutesInTask>();
      var all = folds(context, plan, files, routes);
      List<FoldInTask> folds = List.of();
      Partition current = null;
      long rowsRead = 0;
      while (context.nextKeyValue()) {
        var batch = context.getCurrentValue();
        if (!batch.partition().equals(current)) {
          end(folds, files, merge);
          current = batch.partition();
          folds = begin(all, current);
        }
        rowsRead += batch.size();
        for (var fold : folds) {
          fold.fold(batch);
          // After each, so that what all of them make of a batch is not in memory together.
          if (memoryBytes(folds, routes) > memoryBudget) {
            makeRoom(all, routes, memoryBudget);
          }
        }
        context.progress();
      }
      end(folds, files, merge);
      for (var route : routes) {
        route.endAll(merge);
      }
      merge.finish();
      staged.count(FoldCounter.ROWS_READ, rowsRead);
      staged.count(FoldCounter.ROWS_WRITTEN, files.rowsWritten());
      staged.reportCounter(ReadCounter.ROWS_SKIPPED);
      all.forEach(fold -> fold.count(staged));
      staged.report();
    }
  }

  /** One fold an analysis and dataset, whatever number of its tables is wanted. */
  private static List<FoldInTask> folds(
      Context context, ScanPlan plan, PartitionFiles files, List<RoutesInTask> allRoutes) {
    var whole = ((BatchSplit) context.getInputSplit()).wholePartitions();
    var folds = new ArrayList<FoldInTask>();
    int table = 0;
    for (var part : plan.parts()) {
      var routes = new RoutesInTask(plan, part, table, whole);
      allRoutes.add(routes);
      for (var dataset : part.datasets()) {
        folds.add(new FoldInTask(context, plan, part, dataset, files, routes));
      }
      table += part.routedTables().size();
    }
    return folds;
  }

  private static List<FoldInTask> begin(List<FoldInTask> all, Partition partition) {
    var folds = all.stream().filter(fold -> fold.dataset().equals(partition.dataset())).toList();
    folds.forEach(fold -> fold.begin(partition));
    return folds;
  }

  private static void end(List<FoldInTask> folds, PartitionFiles files, RouteMerge merge)
      throws IOException {
    for (var fold : folds) {
      fold.flush();
    }
    files.finish();
    for (var fold : folds) {
      fold.end(merge);
    }
  }

  /** Has the folds emit what they hold; what waits to be merged here is shuffled if it is large. */
  private static void makeRoom(List<FoldInTask> all, List<RoutesInTask> routes, long memoryBudget)
      throws IOException {
    for (var fold : all) {
      fold.spill();
    }
    if (memoryBytes(List.of(), routes) > memoryBudget / 2) {
      for (var fold : all) {
        fold.shuffle();
      }
    }
  }

  private static long memoryBytes(List<FoldInTask> folds, List<RoutesInTask> routes) {
    long sum = 0;
    for (var fold : folds) {
      sum += fold.memoryBytes();
    }
    for (var waiting : routes) {
      sum += waiting.memoryBytes();
    }
    return sum;
  }
}
