package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** Writes events, sorted as they come, into a file for each range of a day. */
final class CompactReducer extends Reducer<BytesWritable, NullWritable, Object, Object> {
  private StagedFiles files;
  private DayFiles days;

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          files = new StagedFiles(context);
          try (var open = new DayFiles(context, files)) {
            days = open;
            super.run(context);
          }
        });
  }

  @Override
  protected void reduce(BytesWritable key, Iterable<NullWritable> values, Context context)
      throws IOException {
    for (var ignored : values) {
      days.write(key.getBytes(), 0, key.getLength());
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    days.finish(0);
    files.report();
  }
}
