package org.clickmill.formats.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An event as one sort key for a day that is clustered by visitor: its day, the {@link VisitorHash}
 * of its visitor, the visitor itself, and the event as an {@link EventKey}. The unsigned order of
 * its bytes is the order of the rows of {@code events_daily}: all events of a visitor stand
 * together, in content order.
 *
 * <p>Layout: the day since the epoch in 4 bytes and the hash in 8, big-endian; the kind of the
 * visitor in 1; the length of its string in 4, and the string; the event; and whether it is the
 * event itself or says that one such event is to be dropped.
 */
public final class ClusterKey {
  private static final int HASH = Integer.BYTES;
  private static final int KIND = HASH + Long.BYTES;
  private static final int LENGTH = KIND + 1;
  private static final int VISITOR = LENGTH + Integer.BYTES;

  private static final byte DROPPED = 0;
  private static final byte KEPT = 1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[512];
  private int length;

  /**
   * Sets the key of an event that has a visitor.
   *
   * @param day of the event, since the epoch
   * @param kind of the visitor, see {@link VisitorHash}
   * @param visitor holds its string in UTF-8
   * @param event the event itself
   */
  public void set(int day, byte kind, byte[] visitor, int offset, int size, EventKey event) {
    reserve(VISITOR + size + event.length() + 1);
    INTS.set(bytes, 0, day);
    LONGS.set(bytes, HASH, VisitorHash.of(kind, visitor, offset, size));
    bytes[KIND] = kind;
    INTS.set(bytes, LENGTH, size);
    System.arraycopy(visitor, offset, bytes, VISITOR, size);
    System.arraycopy(event.bytes(), 0, bytes, VISITOR + size, event.length());
    length = VISITOR + size + event.length();
    bytes[length++] = KEPT;
  }

  /** Makes this the key of an event that is to be dropped, which is sorted before the event. */
  public void drop() {
    bytes[length - 1] = DROPPED;
  }

  /** Sets the key of an event that has no visitor. */
  public void setWithoutVisitor(int day, EventKey event) {
    set(day, VisitorHash.NONE, event.bytes(), 0, 0, event);
    LONGS.set(
        bytes, HASH, VisitorHash.of(VisitorHash.NONE, event.bytes(), 0, event.contentLength()));
  }

  /** The buffer that holds the key in its first {@link #length()} bytes. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** The visitor's hash in this key. */
  public long hash() {
    return hash(bytes, 0);
  }

  /** The day of a key, since the epoch. */
  public static int day(byte[] key, int offset) {
    return (int) INTS.get(key, offset);
  }

  /** The visitor's hash in a key. */
  public static long hash(byte[] key, int offset) {
    return (long) LONGS.get(key, offset + HASH);
  }

  /** Where the event begins in a key. */
  public static int event(byte[] key, int offset) {
    return offset + VISITOR + (int) INTS.get(key, offset + LENGTH);
  }

  /** Whether a key says that its event is to be dropped. */
  public static boolean isDropped(byte[] key, int offset, int length) {
    return key[offset + length - 1] == DROPPED;
  }

  /** Whether two keys are of the same event, from the same source, dropped or not. */
  public static boolean isSameEvent(
      byte[] key, int offset, int length, byte[] other, int otherOffset, int otherLength) {
    return Arrays.equals(
        key, offset, offset + length - 1, other, otherOffset, otherOffset + otherLength - 1);
  }

  private void reserve(int size) {
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
    }
  }
}
