package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.clickmill.formats.write.EventRows;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.clickmill.jobs.kernel.GroupedHashSet;

/**
 * Tells duplicates among a day's events, which come in content order: the first of those that are
 * the same event is none. Identities of events are compared by 128-bit hashes.
 */
final class Duplicates {
  private final Deduplicate mode;
  private final GroupedHashSet eventIds = new GroupedHashSet();
  private byte[] previous = new byte[512];
  private int previousLength = -1;

  Duplicates(Deduplicate mode) {
    this.mode = mode;
  }

  void beginDay() {
    eventIds.clear();
    previousLength = -1;
  }

  /**
   * @param event as a row of {@link EventRows#SCHEMA}
   * @param key the event's sort key
   * @param contentLength how much of it is content, not source
   */
  boolean isDuplicate(Row event, byte[] key, int contentLength) {
    return switch (mode) {
      case NONE -> false;
      case ROW -> repeatsPrevious(key, contentLength);
      case EVENT_ID -> !event.isNull(EventRows.EVENT_ID) && !isNew(event);
    };
  }

  private boolean repeatsPrevious(byte[] key, int contentLength) {
    if (Arrays.equals(previous, 0, Math.max(0, previousLength), key, 0, contentLength)) {
      return true;
    }
    if (previous.length < contentLength) {
      previous = new byte[2 * contentLength];
    }
    System.arraycopy(key, 0, previous, 0, contentLength);
    previousLength = contentLength;
    return false;
  }

  private boolean isNew(Row event) {
    var hash =
        Hashing.murmur3_128()
            .hashBytesTo128Bits(
                event.bytes(EventRows.EVENT_ID), 0, event.bytesLength(EventRows.EVENT_ID));
    return eventIds.add(0, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }
}
