package org.clickmill.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.EventRows;
import org.clickmill.formats.write.ParquetTableWriter;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles;

/**
 * Writes events that come in order into a file a day, without duplicates. Names of files begin with
 * the hour of their first event, so that a day's files are in time order by name.
 */
final class DayFiles implements Closeable {
  static final String DUPLICATES = "duplicates";

  private final TaskInputOutputContext<?, ?, ?, ?> context;
  private final StagedFiles files;
  private final Duplicates duplicates;
  private final Row row = new Row(EventRows.SCHEMA);

  private long day;
  private ParquetTableWriter writer;
  private long dropped;

  DayFiles(TaskInputOutputContext<?, ?, ?, ?> context, StagedFiles files) {
    this.context = context;
    this.files = files;
    duplicates = new Duplicates(IngestSettings.DEDUPLICATE.get(context.getConfiguration()));
  }

  /** The row to fill with the next event. */
  Row row() {
    return row;
  }

  /**
   * Writes the {@link #row}, unless it is a duplicate.
   *
   * @param key its {@link EventKey}
   * @param contentLength how much of it is content, not source
   */
  void write(byte[] key, int contentLength) throws IOException {
    long time = EventKey.eventTime(key, 0);
    long eventDay = Math.floorDiv(Hours.of(time), Hours.A_DAY);
    if (writer == null || eventDay != day) {
      endDay();
      beginDay(eventDay, time);
    }
    if (duplicates.isDuplicate(row, key, contentLength)) {
      dropped++;
    } else {
      writer.write(row, key, 0, contentLength);
    }
  }

  /** Completes the last day. */
  void finish() throws IOException {
    endDay();
  }

  /** Deletes the file of a day that was not completed. */
  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  private void beginDay(long next, long time) throws IOException {
    day = next;
    dropped = 0;
    duplicates.beginDay();
    var hour = String.format(Locale.ROOT, "%02d", Math.floorMod(Hours.of(time), Hours.A_DAY));
    var path = files.newFile(partition(), hour, ".parquet");
    var configuration = context.getConfiguration();
    writer =
        ParquetTableWriter.open(
            path.getFileSystem(configuration), path, EventRows.SCHEMA, configuration);
  }

  private void endDay() throws IOException {
    if (writer == null) {
      return;
    }
    var counts = new TreeMap<String, Long>();
    counts.put(DUPLICATES, dropped);
    var written = writer.finish();
    files.add(partition(), written, counts, new TreeMap<>());
    files.count(IngestCounter.EVENTS_WRITTEN, written.file().records());
    files.count(IngestCounter.DUPLICATES, dropped);
    writer = null;
    context.progress();
  }

  private Partition partition() {
    return Partition.ofDay(Datasets.EVENTS_DAILY, LocalDate.ofEpochDay(day));
  }
}
