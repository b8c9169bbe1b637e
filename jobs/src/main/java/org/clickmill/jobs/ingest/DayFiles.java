package org.clickmill.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.EventRowDecoder;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles;

/**
 * Writes events that come in the order of their {@link ClusterKey}s into a file for each hash range
 * of each day, without those that are to be dropped. Names of files begin with the range, so that a
 * day's files are in the order of the hashes by name.
 */
final class DayFiles implements Closeable {
  static final String DUPLICATES = "duplicates";

  private final TaskInputOutputContext<?, ?, ?, ?> context;
  private final StagedFiles files;
  private final DayLayout layout;
  private final boolean dropsEqualRows;
  private final Row row = new Row(EventRows.SCHEMA);
  private final EventRowDecoder decoder = new EventRowDecoder(row);

  private int day;
  private int range;
  private ParquetTableWriter writer;
  private long duplicates;
  private long visitorAndUserIds;

  /** The key that says what is to be dropped, and how many such events are still to come. */
  private byte[] toDrop = new byte[512];

  private int toDropLength;
  private int dropsLeft;

  /** The content of the event before. */
  private byte[] previous = new byte[512];

  private int previousLength = -1;

  DayFiles(TaskInputOutputContext<?, ?, ?, ?> context, StagedFiles files) {
    this.context = context;
    this.files = files;
    var configuration = context.getConfiguration();
    layout = DayLayout.read(configuration);
    dropsEqualRows = IngestSettings.DEDUPLICATE.get(configuration) == Deduplicate.ROW;
  }

  /** Takes the next key. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    if (ClusterKey.isDropped(bytes, offset, length)) {
      drop(bytes, offset, length);
      return;
    }
    int nextDay = ClusterKey.day(bytes, offset);
    int nextRange = VisitorHash.range(ClusterKey.hash(bytes, offset), layout.ranges(nextDay));
    if (writer == null || nextDay != day || nextRange != range) {
      end();
      begin(nextDay, nextRange);
    }
    if (dropsLeft > 0 && isToDrop(bytes, offset, length)) {
      dropsLeft--;
      duplicates++;
      return;
    }
    checkAllDropped();
    int event = ClusterKey.event(bytes, offset);
    int contentLength = decoder.decode(bytes, event);
    if (dropsEqualRows && repeatsPrevious(bytes, event, contentLength)) {
      duplicates++;
    } else {
      writer.write(row, bytes, event, contentLength);
      if (!row.isNull(EventRows.VISITOR_ID) && !row.isNull(EventRows.USER_ID)) {
        visitorAndUserIds++;
      }
    }
  }

  /**
   * Completes the last file.
   *
   * @param dropped duplicates that were not handed in, all of the last day
   */
  void finish(long dropped) throws IOException {
    checkAllDropped();
    duplicates += dropped;
    end();
  }

  /** Deletes the file that was not completed. */
  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  private void drop(byte[] bytes, int offset, int length) {
    if (dropsLeft > 0 && isToDrop(bytes, offset, length)) {
      dropsLeft++;
      return;
    }
    checkAllDropped();
    if (toDrop.length < length) {
      toDrop = new byte[2 * length];
    }
    System.arraycopy(bytes, offset, toDrop, 0, length);
    toDropLength = length;
    dropsLeft = 1;
  }

  private boolean isToDrop(byte[] bytes, int offset, int length) {
    return ClusterKey.isSameEvent(bytes, offset, length, toDrop, 0, toDropLength);
  }

  /** A key that says what to drop stands right before the events that it means. */
  private void checkAllDropped() {
    if (dropsLeft > 0) {
      throw ClickmillException.failed(
          "Cannot compact %s: %d duplicates that were found in its hours are no longer there",
          LocalDate.ofEpochDay(ClusterKey.day(toDrop, 0)), dropsLeft);
    }
  }

  private boolean repeatsPrevious(byte[] bytes, int offset, int length) {
    if (Arrays.equals(previous, 0, Math.max(0, previousLength), bytes, offset, offset + length)) {
      return true;
    }
    if (previous.length < length) {
      previous = new byte[2 * length];
    }
    System.arraycopy(bytes, offset, previous, 0, length);
    previousLength = length;
    return false;
  }

  private void begin(int nextDay, int nextRange) throws IOException {
    day = nextDay;
    range = nextRange;
    previousLength = -1;
    var place = String.format(Locale.ROOT, "%05d", range);
    var path = files.newFile(partition(), place, ".parquet");
    var configuration = context.getConfiguration();
    writer =
        ParquetTableWriter.open(
            path.getFileSystem(configuration), path, EventRows.SCHEMA, configuration);
  }

  private void end() throws IOException {
    if (writer == null) {
      return;
    }
    var counts = new TreeMap<String, Long>();
    counts.put(DUPLICATES, duplicates);
    counts.put(StagedContent.VISITOR_AND_USER_IDS, visitorAndUserIds);
    var written = writer.finish();
    files.add(partition(), written, counts, new TreeMap<>());
    files.count(IngestCounter.EVENTS_WRITTEN, written.file().records());
    files.count(IngestCounter.DUPLICATES, duplicates);
    writer = null;
    duplicates = 0;
    visitorAndUserIds = 0;
    context.progress();
  }

  private Partition partition() {
    return Partition.ofDay(Datasets.EVENTS_DAILY, LocalDate.ofEpochDay(day));
  }
}
