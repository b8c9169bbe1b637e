package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.write.EventRows;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** Writes events, sorted as they come, into a file a day, without duplicates. */
final class CompactReducer extends Reducer<BytesWritable, NullWritable, Object, Object> {
  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          var files = new StagedFiles(context);
          try (var days = new DayFiles(context, files)) {
            var decoder = new EventKey.Decoder();
            var event = new Event();
            while (context.nextKey()) {
              for (var ignored : context.getValues()) {
                byte[] key = context.getCurrentKey().getBytes();
                decoder.decode(key, 0, event);
                EventRows.fill(days.row(), event);
                days.write(key, decoder.contentLength());
              }
            }
            days.finish();
          }
          files.report();
        });
  }
}
