package org.clickmill.formats.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers whose lowest byte comes first, as Avro and Parquet write them. */
public final class LittleEndian {
  private LittleEndian() {}

  public static int intAt(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff)
        | (bytes[offset + 1] & 0xff) << 8
        | (bytes[offset + 2] & 0xff) << 16
        | (bytes[offset + 3] & 0xff) << 24;
  }

  public static long longAt(byte[] bytes, int offset) {
    return (intAt(bytes, offset) & 0xffff_ffffL) | (long) intAt(bytes, offset + 4) << 32;
  }

  /** The bytes from an offset on, to copy whole arrays of numbers from. */
  public static ByteBuffer buffer(byte[] bytes, int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
