package org.clickmill.jobs.kernel;

/**
 * A part of a key that is followed by others: any bytes, ended so that none begins with another.
 * Parts sort as their bytes do.
 */
public final class KeyPart {
  private static final int ESCAPE = 1;

  private KeyPart() {}

  /** Appends a part and its end. */
  public static void put(ByteWriter target, byte[] source, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      target.putByte(source[i]);
      if (source[i] == 0) {
        target.putByte(ESCAPE);
      }
    }
    target.putByte(0).putByte(0);
  }

  /** Appends the part that a reader is at as it was, and moves the reader behind its end. */
  public static void read(ByteReader source, ByteWriter target) {
    byte[] bytes = source.bytes();
    int from = source.position();
    int end = end(bytes, from);
    for (int i = from; i < end - 2; i++) {
      target.putByte(bytes[i]);
      if (bytes[i] == 0) {
        i++;
      }
    }
    source.skip(end - from);
  }

  /** Where a part that begins somewhere has ended. */
  static int end(byte[] bytes, int from) {
    int i = from;
    while (bytes[i] != 0 || bytes[i + 1] != 0) {
      i += bytes[i] == 0 ? 2 : 1;
    }
    return i + 2;
  }
}
