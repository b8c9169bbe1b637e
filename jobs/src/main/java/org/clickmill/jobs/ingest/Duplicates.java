package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.clickmill.formats.event.Event;
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
   * @param key the event's sort key
   * @param contentLength how much of it is content, not source
   */
  boolean isDuplicate(Event event, byte[] key, int contentLength) {
    return switch (mode) {
      case NONE -> false;
      case ROW -> repeatsPrevious(key, contentLength);
      case EVENT_ID -> event.getEventId() != null && !isNew(event);
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

  private boolean isNew(Event event) {
    var id = event.getEventId();
    var hash = Hashing.murmur3_128().hashBytesTo128Bits(id.getBytes(), 0, id.getByteLength());
    return eventIds.add(0, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }
}
