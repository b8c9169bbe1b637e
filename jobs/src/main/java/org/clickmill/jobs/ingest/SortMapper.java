package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.clickmill.formats.event.EventKey;
import org.clickmill.jobs.ingest.HourEvents.NeedsShuffleException;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/**
 * Writes each range of hours as a file, hour after hour, each sorted by itself: nothing is
 * shuffled. A range with an hour for which there is not enough memory is left as it was, and noted.
 */
final class SortMapper extends Mapper<NullWritable, Text, Object, Object> {
  /** The note that names a range to be shuffled. */
  static final String NEEDS_SHUFFLE = "needs_shuffle";

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          var files = new StagedFiles(context);
          while (context.nextKeyValue()) {
            var range = BundleInputFormat.describe(context.getCurrentValue(), HourRange.class);
            try {
              write(context, files, range);
            } catch (NeedsShuffleException e) {
              files.note(NEEDS_SHUFFLE, range.name());
            }
          }
          files.report();
        });
  }

  private static void write(Context context, StagedFiles files, HourRange range)
      throws IOException {
    try (var days = new DayFiles(context, files)) {
      long read = 0;
      for (var hour : range.hours()) {
        try (var events = new HourEvents(hour, context.getConfiguration())) {
          read += write(events.open(), days);
        }
        context.progress();
      }
      days.finish();
      files.count(IngestCounter.RECORDS_READ, read);
    }
  }

  private static long write(MergedRuns events, DayFiles days) throws IOException {
    var key = new EventKey();
    long read = 0;
    while (events.next()) {
      events.batch().encodeContent(events.row(), key);
      events.batch().fill(events.row(), days.row());
      days.write(key.bytes(), key.contentLength());
      read++;
    }
    return read;
  }
}
