package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.warehouse.Partition;

/** Hands every batch to the folds that want its day, and flushes them when the day is over. */
public final class FoldMapper
    extends Mapper<NullWritable, ColumnBatch, BytesWritable, BytesWritable> {

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, () -> scan(context));
  }

  private static void scan(Context context) throws IOException, InterruptedException {
    long memoryBudget = KernelSettings.FOLD_MEMORY_MB.get(context.getConfiguration()) * (1L << 20);
    var folds = folds(context);
    Partition current = null;
    long rowsRead = 0;
    while (context.nextKeyValue()) {
      var batch = context.getCurrentValue();
      if (!batch.partition().equals(current)) {
        folds.forEach(FoldInTask::flush);
        current = batch.partition();
      }
      rowsRead += batch.size();
      long memory = 0;
      for (var fold : folds) {
        fold.fold(batch);
        memory += fold.memoryBytes();
      }
      if (memory > memoryBudget) {
        folds.forEach(FoldInTask::flush);
      }
      context.progress();
    }
    folds.forEach(FoldInTask::flush);
    context.getCounter(FoldCounter.ROWS_READ).increment(rowsRead);
    folds.forEach(FoldInTask::count);
  }

  /** One fold an analysis, whatever number of its tables is wanted. */
  private static List<FoldInTask> folds(Context context) {
    var targets = Targets.read(context.getConfiguration()).list();
    var byAnalysis = new LinkedHashMap<Class<?>, List<Integer>>();
    for (int i = 0; i < targets.size(); i++) {
      byAnalysis
          .computeIfAbsent(targets.get(i).analysis().getClass(), type -> new ArrayList<>())
          .add(i);
    }
    var folds = new ArrayList<FoldInTask>();
    for (var indexes : byAnalysis.values()) {
      folds.add(new FoldInTask(context, targets, indexes));
    }
    return folds;
  }
}
