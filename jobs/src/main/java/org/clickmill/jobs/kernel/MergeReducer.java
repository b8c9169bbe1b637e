package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Reducer;

/** Merges the partials of each key into rows, output partition after output partition. */
public final class MergeReducer extends Reducer<BytesWritable, BytesWritable, Object, Object> {
  private static final int NO_TABLE = -1;

  private final ByteReader mergeKey = new ByteReader();
  private StagedFiles staged;
  private OutputMerge outputs;

  /** The output partition that is being merged; no table before the first key. */
  private int table = NO_TABLE;

  private LocalDate start;

  /**
   * As usual, but files that are open when the task fails are given up, and cleanup is left out.
   */
  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, KernelSettings.FOLD_MEMORY_MB, () -> runClosing(context));
  }

  private void runClosing(Context context) throws IOException, InterruptedException {
    staged = new StagedFiles(context);
    try (var open = new OutputMerge(context, ScanPlan.read(context.getConfiguration()), staged)) {
      outputs = open;
      while (context.nextKey()) {
        reduce(context.getCurrentKey(), context.getValues(), context);
      }
      cleanup(context);
    }
  }

  @Override
  protected void reduce(BytesWritable key, Iterable<BytesWritable> values, Context context)
      throws IOException {
    int nextTable = ShuffleKey.table(key);
    var nextStart = ShuffleKey.start(key);
    if (nextTable != table || !nextStart.equals(start)) {
      end();
      table = nextTable;
      start = nextStart;
      outputs.begin(table, start);
    }
    mergeKey.reset(key.getBytes(), ShuffleKey.PREFIX, key.getLength() - ShuffleKey.PREFIX);
    outputs.merge(mergeKey, PartialAggregates.source(values.iterator()));
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    end();
    outputs.finish();
    staged.report();
  }

  private void end() throws IOException {
    if (table != NO_TABLE) {
      outputs.end();
    }
  }
}
