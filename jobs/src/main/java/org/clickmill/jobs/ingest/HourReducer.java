package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Partitioner;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** Writes the events that came in no order of time, sorted now, into a file an hour. */
final class HourReducer extends Reducer<BytesWritable, NullWritable, Object, Object> {
  private final EventKey.Decoder decoder = new EventKey.Decoder();
  private final Event event = new Event();
  private HourFiles hours;

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          var files = new StagedFiles(context);
          try (var open =
              new HourFiles(files, context.getConfiguration(), Hours::partition, null)) {
            hours = open;
            while (context.nextKey()) {
              reduce(context.getCurrentKey(), context.getValues(), context);
            }
            hours.finish();
            files.count(IngestCounter.EVENTS_WRITTEN, hours.written());
            files.report();
          }
        });
  }

  @Override
  protected void reduce(BytesWritable key, Iterable<NullWritable> equals, Context context)
      throws IOException {
    decoder.decode(key.getBytes(), 0, event);
    long hour = Hours.of(event.getEventTime().toEpochMilli());
    for (var ignored : equals) {
      hours.write(hour, event);
    }
  }

  /** All events of an hour go to one reducer. */
  static final class ToReducers extends Partitioner<BytesWritable, NullWritable> {
    @Override
    public int getPartition(BytesWritable key, NullWritable value, int reducers) {
      return Math.floorMod(Hours.of(EventKey.eventTime(key.getBytes(), 0)), reducers);
    }
  }
}
