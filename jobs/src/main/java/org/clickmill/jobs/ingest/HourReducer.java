package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Partitioner;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.write.AvroEventWriter;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** Writes events, sorted as they come, into a file an hour. */
final class HourReducer extends Reducer<BytesWritable, NullWritable, Object, Object> {
  static final String SOURCES = "sources";
  static final String FIRST = "first";

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          try (var hours = new HourFiles(context)) {
            while (context.nextKey()) {
              for (var ignored : context.getValues()) {
                hours.write(context.getCurrentKey());
              }
            }
            hours.finish();
          }
        });
  }

  /** All events of an hour go to one reducer. */
  static final class ToReducers extends Partitioner<BytesWritable, NullWritable> {
    @Override
    public int getPartition(BytesWritable key, NullWritable value, int reducers) {
      return Math.floorMod(Hours.of(EventKey.eventTime(key.getBytes(), 0)), reducers);
    }
  }

  /** The one hour that is being written. */
  private static final class HourFiles implements AutoCloseable {
    private final Context context;
    private final StagedFiles files;
    private final EventKey.Decoder decoder = new EventKey.Decoder();
    private final Event event = new Event();

    private final Set<EventColumn> extraColumns;

    private long hour;
    private AvroEventWriter writer;
    private long eventIds;
    private TreeSet<String> sources;
    private String first;
    private long written;

    private HourFiles(Context context) throws IOException, InterruptedException {
      this.context = context;
      files = new StagedFiles(context);
      extraColumns = ImportTask.read(context.getConfiguration()).extraColumns();
    }

    private void write(BytesWritable key) throws IOException {
      decoder.decode(key.getBytes(), 0, event);
      long eventHour = Hours.of(event.getEventTime().toEpochMilli());
      if (writer == null || eventHour != hour) {
        endHour();
        beginHour(eventHour);
      }
      writer.write(event, key.getBytes(), 0, decoder.contentLength());
      eventIds += event.getEventId() == null ? 0 : 1;
      sources.add(event.getSourceName().toString());
      written++;
    }

    private void beginHour(long next) throws IOException {
      hour = next;
      var path = files.newFile(Hours.partition(hour), ".avro");
      var configuration = context.getConfiguration();
      writer =
          AvroEventWriter.open(
              path.getFileSystem(configuration), path, configuration, extraColumns);
      eventIds = 0;
      sources = new TreeSet<>();
      first =
          event.getSourceName()
              + ", record "
              + event.getSourceOffset()
              + " (event_time "
              + event.getEventTime()
              + ")";
    }

    private void endHour() throws IOException {
      if (writer == null) {
        return;
      }
      var counts = new TreeMap<String, Long>();
      counts.put(StagedContent.EVENT_IDS, eventIds);
      var notes = new TreeMap<String, List<String>>();
      notes.put(SOURCES, List.copyOf(sources));
      notes.put(FIRST, List.of(first));
      files.add(Hours.partition(hour), writer.finish(), counts, notes);
      writer = null;
      context.progress();
    }

    private void finish() throws IOException {
      endHour();
      files.count(IngestCounter.EVENTS_WRITTEN, written);
      files.report();
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
