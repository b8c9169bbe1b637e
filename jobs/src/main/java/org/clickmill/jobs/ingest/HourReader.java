package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.EventBatchReader;
import org.clickmill.formats.table.EventBatch;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Hours;

/** Reads a file of events that are to be compacted, one event at a time. */
final class HourReader implements Closeable {
  private final InputFile file;
  private final EventBatchReader reader;
  private final int day;

  /** Whether all events have to be of one hour, because the file is one of an hour's. */
  private final boolean isOfHour;

  private final long hour;

  private final EventKey event = new EventKey();
  private EventBatch batch;
  private int row;

  HourReader(InputFile file, Configuration configuration) throws IOException {
    this.file = file;
    var partition = file.partition();
    day = Math.toIntExact(partition.day().toEpochDay());
    isOfHour = partition.dataset().equals(Datasets.EVENTS);
    hour = isOfHour ? Hours.of(partition) : 0;
    var fileSystem = new Path(file.path()).getFileSystem(configuration);
    reader = EventBatchReader.open(fileSystem, file, configuration);
  }

  /**
   * Moves to the next event; false at the end.
   *
   * @throws ClickmillException if the event is of another hour than the file
   */
  boolean next() throws IOException {
    row++;
    while (batch == null || row == batch.size()) {
      batch = reader.next();
      row = 0;
      if (batch == null) {
        return false;
      }
    }
    long time = batch.eventTime(row);
    if (isOfHour && Hours.of(time) != hour) {
      throw ClickmillException.failed(
          "Cannot read %s: it has an event of %s", file.path(), Instant.ofEpochMilli(time));
    }
    return true;
  }

  /** Whether the event's visitor is in one of some ranges. */
  boolean isIn(HashSpan span) {
    return span.isWhole() || span.contains(batch.visitorHash(row, event));
  }

  /** Sets a key to the event. */
  void encode(ClusterKey key) {
    batch.encode(row, day, event, key);
  }

  /** Writes an {@link IdKey} of the event, which has an event_id. */
  void encodeById(ByteWriter key) {
    batch.encode(row, event);
    IdKey.write(day, batch.eventIdHash(row), event, key);
  }

  /** Whether the event has an event_id. */
  boolean hasEventId() {
    return batch.hasEventId(row);
  }

  /** The 128-bit hash of the event_id, which the event has. */
  HashValue128 eventIdHash() {
    return batch.eventIdHash(row);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
