package org.clickmill.jobs.sessions;

import java.time.Instant;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Partition;

/**
 * Checks while a day of events is read that it is clustered by {@link VisitorHash}: hashes ascend,
 * and the times of a visitor do. Sessions of a day that is not would be wrong.
 */
final class ClusterCheck {
  private Partition partition;
  private boolean hasHash;
  private long hash;
  private long time;

  void begin(Partition next) {
    partition = next;
    hasHash = false;
  }

  /**
   * Checks the first event of a visitor.
   *
   * @throws ClickmillException if it should have come before the visitor that was checked last
   */
  void checkFirst(Visitor visitor, long eventTime) {
    long next = visitor.hash();
    if (hasHash && Long.compareUnsigned(next, hash) < 0) {
      throw ClickmillException.failed(
          "Cannot read %s: its events are not clustered by visitor. Compact the day again.",
          partition);
    }
    hasHash = true;
    hash = next;
    time = eventTime;
  }

  /**
   * Checks another event of the visitor.
   *
   * @throws ClickmillException if it should have come earlier
   */
  void checkNext(long eventTime) {
    if (eventTime < time) {
      throw ClickmillException.failed(
          "Cannot read %s: an event of %s comes after one of %s of the same visitor. Compact the"
              + " day again.",
          partition, Instant.ofEpochMilli(eventTime), Instant.ofEpochMilli(time));
    }
    time = eventTime;
  }
}
