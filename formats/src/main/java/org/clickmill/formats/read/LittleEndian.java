package org.clickmill.formats.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as Parquet writes them. */
final class LittleEndian {
  private LittleEndian() {}

  static int intAt(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff)
        | (bytes[offset + 1] & 0xff) << 8
        | (bytes[offset + 2] & 0xff) << 16
        | (bytes[offset + 3] & 0xff) << 24;
  }

  static long longAt(byte[] bytes, int offset) {
    return (intAt(bytes, offset) & 0xffff_ffffL) | (long) intAt(bytes, offset + 4) << 32;
  }

  /** The bytes from an offset on, to copy whole arrays of numbers from. */
  static ByteBuffer buffer(byte[] bytes, int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
