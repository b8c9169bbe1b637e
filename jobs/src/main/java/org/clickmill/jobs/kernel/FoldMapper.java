package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.read.BatchSplit;
import org.clickmill.formats.read.ReadCounter;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.warehouse.Partition;

/**
 * Hands every batch to the folds that want its partition, and flushes them when that is over. What
 * an output partition needs no other task for is merged right here; the rest is shuffled.
 */
public final class FoldMapper
    extends Mapper<NullWritable, ColumnBatch, BytesWritable, BytesWritable> {

  private final List<FoldInTask> all = new ArrayList<>();
  private final List<OutputsInTask> outputs = new ArrayList<>();
  private long memoryBudget;
  private ScanPlan plan;
  private StagedFiles staged;
  private PartitionFiles files;
  private OutputMerge merge;

  /** The partition that is being read, and the folds that want it. */
  private Partition partition;

  private List<FoldInTask> folds = List.of();
  private long rowsRead;

  /**
   * As usual, but files that are open when the task fails are given up, and cleanup is left out.
   */
  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, KernelSettings.FOLD_MEMORY_MB, () -> runClosing(context));
  }

  private void runClosing(Context context) throws IOException, InterruptedException {
    var configuration = context.getConfiguration();
    plan = ScanPlan.read(configuration);
    staged = new StagedFiles(context);
    try (var openFiles = new PartitionFiles(staged, configuration);
        var openMerge = new OutputMerge(context, plan, staged)) {
      files = openFiles;
      merge = openMerge;
      setup(context);
      while (context.nextKeyValue()) {
        map(context.getCurrentKey(), context.getCurrentValue(), context);
      }
      cleanup(context);
    }
  }

  @Override
  protected void setup(Context context) {
    memoryBudget = KernelSettings.foldMemoryBytes(context.getConfiguration());
    makeFolds(context);
  }

  @Override
  protected void map(NullWritable none, ColumnBatch batch, Context context) throws IOException {
    if (!batch.partition().equals(partition)) {
      end();
      begin(batch.partition());
    }
    rowsRead += batch.size();
    for (var fold : folds) {
      fold.fold(batch);
      // After each, so that what all of them make of a batch is not in memory together.
      if (memoryBytes(folds) > memoryBudget) {
        makeRoom();
      }
    }
    context.progress();
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    end();
    for (var output : outputs) {
      output.endAll(merge);
    }
    merge.finish();
    staged.count(FoldCounter.ROWS_READ, rowsRead);
    staged.count(FoldCounter.ROWS_WRITTEN, files.rowsWritten());
    staged.reportCounter(ReadCounter.ROWS_SKIPPED);
    all.forEach(fold -> fold.count(staged));
    staged.report();
  }

  /**
   * One fold an analysis and dataset, whatever number of its tables is wanted. Of other splits than
   * our own nothing is known to be whole, and all that they make is shuffled.
   */
  private void makeFolds(Context context) {
    Set<Partition> whole =
        context.getInputSplit() instanceof BatchSplit split ? split.wholePartitions() : Set.of();
    int table = 0;
    for (var part : plan.parts()) {
      var outputsOfPart = new OutputsInTask(plan, part, table, whole);
      outputs.add(outputsOfPart);
      for (var dataset : part.datasets()) {
        all.add(new FoldInTask(context, plan, part, dataset, files, outputsOfPart));
      }
      table += part.outputTables().size();
    }
  }

  private void begin(Partition next) {
    partition = next;
    folds = all.stream().filter(fold -> fold.dataset().equals(next.dataset())).toList();
    folds.forEach(fold -> fold.begin(next));
  }

  private void end() throws IOException {
    for (var fold : folds) {
      fold.flush();
    }
    files.finish();
    for (var fold : folds) {
      fold.end(merge);
    }
  }

  /** Has the folds emit what they hold; what waits to be merged here is shuffled if it is large. */
  private void makeRoom() throws IOException {
    for (var fold : all) {
      fold.spill();
    }
    if (memoryBytes(List.of()) > memoryBudget / 2) {
      for (var fold : all) {
        fold.shuffle();
      }
    }
  }

  private long memoryBytes(List<FoldInTask> some) {
    long sum = 0;
    for (var fold : some) {
      sum += fold.memoryBytes();
    }
    for (var waiting : outputs) {
      sum += waiting.memoryBytes();
    }
    return sum;
  }
}
