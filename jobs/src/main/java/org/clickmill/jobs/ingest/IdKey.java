package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.clickmill.formats.event.EventKey;

/**
 * An event as a key that brings those with the same event_id together, in content order: its day in
 * 4 bytes, the 128-bit hash of the id, and the event as an {@link EventKey}.
 */
final class IdKey {
  private static final int HIGH = Integer.BYTES;
  private static final int LOW = HIGH + Long.BYTES;

  /** Where the event begins. */
  static final int EVENT = LOW + Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[512];
  private int length;

  void set(int day, HashValue128 id, EventKey event) {
    length = EVENT + event.length();
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    INTS.set(bytes, 0, day);
    LONGS.set(bytes, HIGH, id.getMostSignificantBits());
    LONGS.set(bytes, LOW, id.getLeastSignificantBits());
    System.arraycopy(event.bytes(), 0, bytes, EVENT, event.length());
  }

  /** The buffer that holds the key in its first {@link #length()} bytes. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The day of a key, since the epoch. */
  static int day(byte[] key) {
    return (int) INTS.get(key, 0);
  }

  /** The lower half of the id's hash in a key. */
  static long low(byte[] key) {
    return (long) LONGS.get(key, LOW);
  }
}
