package org.clickmill.formats.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SIMD within a register: looks at eight bytes at a time. The highest bit of a byte says that
 * something is found there; the first byte is the lowest.
 */
public final class Swar {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_1 = 0x0101_0101_0101_0101L;
  private static final long EACH_HIGHEST = 0x8080_8080_8080_8080L;

  private Swar() {}

  public static long at(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset);
  }

  public static void put(long eight, byte[] bytes, int offset) {
    LONGS.set(bytes, offset, eight);
  }

  /**
   * Finds ASCII characters below another, which is at most 0x80. Behind the first that is found
   * there may be marks of bytes that are not below it.
   */
  public static long below(long eight, int limit) {
    // Taking the limit away borrows from the highest bit of smaller bytes.
    return (eight - limit * EACH_1) & ~eight & EACH_HIGHEST;
  }

  /** Finds an ASCII character; the same is true of what is behind the first. */
  public static long equal(long eight, int character) {
    return below(eight ^ character * EACH_1, 1);
  }

  /** Whether all are ASCII, and none is NUL. */
  public static boolean arePlain(long eight) {
    return notPlain(eight) == 0;
  }

  /** Finds NUL and what is not ASCII; behind the first NUL there may be marks of others. */
  public static long notPlain(long eight) {
    return (below(eight, 1) | eight) & EACH_HIGHEST;
  }

  /** Which of the eight was found first. */
  public static int first(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }
}
