package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.clickmill.formats.event.EventKey;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * An event as a key that brings those with the same event_id together, in content order: its day,
 * the 128-bit hash of the id, and the event as an {@link EventKey}.
 */
final class IdKey {
  private static final int LOW = 2 * Long.BYTES;

  /** Where the event begins; what is before it says which events have the same id. */
  static final int EVENT = LOW + Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private IdKey() {}

  /**
   * Writes a key.
   *
   * @param day of the event, since the epoch
   */
  static void write(int day, HashValue128 id, EventKey event, ByteWriter key) {
    key.clear()
        .putFixed(day)
        .putFixed(id.getMostSignificantBits())
        .putFixed(id.getLeastSignificantBits())
        .putBytes(event.bytes(), 0, event.length());
  }

  /** The day of a key, since the epoch. */
  static int day(byte[] key) {
    return (int) (long) LONGS.get(key, 0);
  }

  /** The lower half of the id's hash in a key. */
  static long low(byte[] key) {
    return (long) LONGS.get(key, LOW);
  }
}
