package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.warehouse.Partition;

/** Hands every batch to the folds that want its partition, and flushes them when that is over. */
public final class FoldMapper
    extends Mapper<NullWritable, ColumnBatch, BytesWritable, BytesWritable> {

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, () -> scan(context));
  }

  private static void scan(Context context) throws IOException, InterruptedException {
    var configuration = context.getConfiguration();
    long memoryBudget = KernelSettings.FOLD_MEMORY_MB.get(configuration) * (1L << 20);
    var staged = new StagedFiles(context);
    try (var files = new PartitionFiles(staged, configuration)) {
      var all = folds(context, files);
      List<FoldInTask> folds = List.of();
      Partition current = null;
      long rowsRead = 0;
      while (context.nextKeyValue()) {
        var batch = context.getCurrentValue();
        if (!batch.partition().equals(current)) {
          flush(folds);
          files.finish();
          current = batch.partition();
          folds = begin(all, current);
        }
        rowsRead += batch.size();
        long memory = 0;
        for (var fold : folds) {
          fold.fold(batch);
          memory += fold.memoryBytes();
        }
        if (memory > memoryBudget) {
          flush(folds);
        }
        context.progress();
      }
      flush(folds);
      files.finish();
      staged.report();
      context.getCounter(FoldCounter.ROWS_READ).increment(rowsRead);
      context.getCounter(FoldCounter.ROWS_WRITTEN).increment(files.rowsWritten());
      all.forEach(FoldInTask::count);
    }
  }

  /** One fold an analysis and dataset, whatever number of its tables is wanted. */
  private static List<FoldInTask> folds(Context context, PartitionFiles files) throws IOException {
    var plan = ScanPlan.read(context.getConfiguration());
    var folds = new ArrayList<FoldInTask>();
    int index = 0;
    for (var part : plan.parts()) {
      for (var dataset : part.datasets()) {
        folds.add(new FoldInTask(context, new ScanContext(plan, part, dataset, files), index));
      }
      index += part.routedTables().size();
    }
    return folds;
  }

  private static List<FoldInTask> begin(List<FoldInTask> all, Partition partition) {
    var folds = all.stream().filter(fold -> fold.dataset().equals(partition.dataset())).toList();
    folds.forEach(fold -> fold.begin(partition));
    return folds;
  }

  private static void flush(List<FoldInTask> folds) throws IOException {
    for (var fold : folds) {
      fold.flush();
    }
  }
}
