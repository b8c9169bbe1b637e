package org.clickmill.jobs.kernel;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote, from a range of bytes that it does not copy. */
public final class ByteReader {
  private byte[] bytes;
  private int position;
  private int end;

  public ByteReader reset(byte[] source, int offset, int size) {
    bytes = source;
    position = offset;
    end = offset + size;
    return this;
  }

  /** The bytes that the range lies in. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the next value begins in {@link #bytes()}. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public ByteReader skip(int size) {
    position += size;
    return this;
  }

  public byte readByte() {
    return bytes[position++];
  }

  public long readUnsigned() {
    long value = 0;
    int shift = 0;
    while (true) {
      byte b = bytes[position++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  public long readSigned() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  public long readOrdered() {
    return readFixed() ^ Long.MIN_VALUE;
  }

  public long readFixed() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (bytes[position++] & 0xff);
    }
    return value;
  }

  /**
   * The length of the text that {@link ByteWriter#putText} wrote here, or -1 for null. Its bytes
   * begin at {@link #position()}; {@link #skip} passes them.
   */
  public int readTextLength() {
    return (int) readUnsigned() - 1;
  }

  /** The text that {@link ByteWriter#putText} wrote here, or null. */
  public String readText() {
    int size = readTextLength();
    if (size < 0) {
      return null;
    }
    var text = new String(bytes, position, size, StandardCharsets.UTF_8);
    position += size;
    return text;
  }
}
