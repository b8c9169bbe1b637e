package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Reducer;

/** Merges the partials of each key into rows, route after route. */
public final class MergeReducer extends Reducer<BytesWritable, BytesWritable, Object, Object> {

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(context, KernelSettings.FOLD_MEMORY_MB, () -> merge(context));
  }

  private static void merge(Context context) throws IOException, InterruptedException {
    var staged = new StagedFiles(context);
    var key = new ByteReader();
    int table = -1;
    LocalDate start = null;
    try (var routes = new RouteMerge(context, ScanPlan.read(context.getConfiguration()), staged)) {
      while (context.nextKey()) {
        var shuffleKey = context.getCurrentKey();
        int nextTable = ShuffleKey.table(shuffleKey);
        var nextStart = ShuffleKey.start(shuffleKey);
        if (nextTable != table || !nextStart.equals(start)) {
          if (start != null) {
            routes.end();
          }
          table = nextTable;
          start = nextStart;
          routes.begin(table, start);
        }
        key.reset(
            shuffleKey.getBytes(), ShuffleKey.PREFIX, shuffleKey.getLength() - ShuffleKey.PREFIX);
        var values = context.getValues().iterator();
        routes.merge(key, Partials.source(values));
      }
      if (start != null) {
        routes.end();
      }
      routes.finish();
      staged.report();
    }
  }
}
