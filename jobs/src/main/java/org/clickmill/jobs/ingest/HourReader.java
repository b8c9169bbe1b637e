package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.avro.EventKeyReader;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Hours;

/** Reads a file of events that are to be compacted, one event at a time. */
final class HourReader implements Closeable {
  private final InputFile file;
  private final EventKeyReader reader;
  private final int day;

  /** Whether all events have to be of one hour, because the file is one of an hour's. */
  private final boolean isOfHour;

  private final long hour;

  private final EventKey event = new EventKey();

  HourReader(InputFile file, Configuration configuration) throws IOException {
    this.file = file;
    var partition = file.partition();
    day = Math.toIntExact(partition.day().toEpochDay());
    isOfHour = partition.dataset().equals(Datasets.EVENTS);
    hour = isOfHour ? Hours.of(partition) : 0;
    var fileSystem = new Path(file.path()).getFileSystem(configuration);
    reader = EventKeyReader.open(fileSystem, file);
  }

  /**
   * Moves to the next event; false at the end.
   *
   * @throws ClickmillException if the event is of another hour than the file
   */
  boolean next() throws IOException {
    if (!reader.next()) {
      return false;
    }
    long time = reader.eventTime();
    if (isOfHour && Hours.of(time) != hour) {
      throw ClickmillException.failed(
          "Cannot read %s: it has an event of %s", file.path(), Instant.ofEpochMilli(time));
    }
    return true;
  }

  /** Whether the event's visitor is in one of some ranges. */
  boolean isIn(HashSpan span) {
    return span.isWhole() || span.contains(reader.visitorHash(event));
  }

  /** Sets a key to the event. */
  void encode(ClusterKey key) {
    reader.encode(day, event, key);
  }

  /** Writes an {@link IdKey} of the event, which has an event_id. */
  void encodeById(ByteWriter key) {
    reader.encode(event);
    IdKey.write(day, reader.eventIdHash(), event, key);
  }

  /** Whether the event has an event_id. */
  boolean hasEventId() {
    return reader.hasEventId();
  }

  /** The 128-bit hash of the event_id, which the event has. */
  HashValue128 eventIdHash() {
    return reader.eventIdHash();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
