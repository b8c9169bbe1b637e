package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.TreeMap;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Reducer;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.EventRows;
import org.clickmill.formats.write.ParquetTableWriter;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.StagedFiles;
import org.clickmill.jobs.kernel.TaskFailures;

/** Writes events, sorted as they come, into a file a day, without duplicates. */
final class CompactReducer extends Reducer<BytesWritable, NullWritable, Object, Object> {
  static final String DUPLICATES = "duplicates";

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailures.tell(
        context,
        () -> {
          try (var days = new DayFiles(context)) {
            while (context.nextKey()) {
              for (var ignored : context.getValues()) {
                days.take(context.getCurrentKey());
              }
            }
            days.finish();
          }
        });
  }

  /** The one day that is being written. */
  private static final class DayFiles implements AutoCloseable {
    private final Context context;
    private final StagedFiles files;
    private final Duplicates duplicates;
    private final EventKey.Decoder decoder = new EventKey.Decoder();
    private final Event event = new Event();
    private final Row row = new Row(EventRows.SCHEMA);

    private long day;
    private ParquetTableWriter writer;
    private long dropped;

    private DayFiles(Context context) throws IOException, InterruptedException {
      this.context = context;
      files = new StagedFiles(context);
      duplicates = new Duplicates(IngestSettings.DEDUPLICATE.get(context.getConfiguration()));
    }

    private void take(BytesWritable key) throws IOException {
      byte[] bytes = key.getBytes();
      decoder.decode(bytes, 0, event);
      long eventDay = Math.floorDiv(event.getEventTime().toEpochMilli(), 86_400_000L);
      if (writer == null || eventDay != day) {
        endDay();
        beginDay(eventDay);
      }
      if (duplicates.isDuplicate(event, bytes, decoder.contentLength())) {
        dropped++;
        return;
      }
      EventRows.fill(row, event);
      writer.write(row, bytes, 0, decoder.contentLength());
    }

    private void beginDay(long next) throws IOException {
      day = next;
      dropped = 0;
      duplicates.beginDay();
      var path = files.newFile(partition(), ".parquet");
      var configuration = context.getConfiguration();
      writer =
          ParquetTableWriter.open(
              path.getFileSystem(configuration), path, EventRows.SCHEMA, configuration);
    }

    private void endDay() throws IOException {
      if (writer != null) {
        var counts = new TreeMap<String, Long>();
        counts.put(DUPLICATES, dropped);
        var written = writer.finish();
        files.add(partition(), written, counts, new TreeMap<>());
        context.getCounter(IngestCounter.EVENTS_WRITTEN).increment(written.file().records());
        context.getCounter(IngestCounter.DUPLICATES).increment(dropped);
        writer = null;
        context.progress();
      }
    }

    private Partition partition() {
      return Partition.ofDay(Datasets.EVENTS_DAILY, LocalDate.ofEpochDay(day));
    }

    private void finish() throws IOException {
      endDay();
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
