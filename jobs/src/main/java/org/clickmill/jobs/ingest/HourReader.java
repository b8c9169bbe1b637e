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
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Hours;

/** Reads those events of a file that are in some ranges of hashes, one event at a time. */
final class HourReader implements Closeable {
  private final InputFile file;
  private final HashSpan span;
  private final EventKeyReader reader;
  private final int day;

  /** Whether all events have to be of one hour, because the file is one of an hour's. */
  private final boolean isOfHour;

  private final long hour;

  private final EventKey event = new EventKey();

  /**
   * @param span the ranges of hashes that are wanted
   */
  HourReader(InputFile file, HashSpan span, Configuration configuration) throws IOException {
    this.file = file;
    this.span = span;
    var partition = file.partition();
    day = Math.toIntExact(partition.day().toEpochDay());
    isOfHour = partition.dataset().equals(Datasets.EVENTS);
    hour = isOfHour ? Hours.of(partition) : 0;
    var fileSystem = new Path(file.path()).getFileSystem(configuration);
    reader = EventKeyReader.open(fileSystem, file);
  }

  /**
   * Moves to the next event that is wanted; false at the end.
   *
   * @throws ClickmillException if the event is of another hour than the file
   */
  boolean next() throws IOException {
    while (reader.next()) {
      if (span.isWhole() || isWanted()) {
        checkHour();
        return true;
      }
    }
    return false;
  }

  /** Whether the event is in the span; if no event of its block can be, it is the block's last. */
  private boolean isWanted() {
    long hash = reader.visitorHash(event);
    int ranges = reader.blockRanges();
    if (!span.overlaps(VisitorHash.range(hash, ranges), ranges)) {
      reader.skipBlock();
      return false;
    }
    return span.contains(hash);
  }

  private void checkHour() {
    long time = reader.eventTime();
    if (isOfHour && Hours.of(time) != hour) {
      throw ClickmillException.failed(
          "Cannot read %s: it has an event of %s", file.path(), Instant.ofEpochMilli(time));
    }
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
