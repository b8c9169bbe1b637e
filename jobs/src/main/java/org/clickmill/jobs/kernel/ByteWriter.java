package org.clickmill.jobs.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer that keys and partials are written to; {@link ByteReader} reads them. */
public final class ByteWriter {
  private byte[] bytes = new byte[256];
  private int length;

  public ByteWriter clear() {
    length = 0;
    return this;
  }

  /** Forgets what was written behind the first bytes. */
  public ByteWriter truncate(int newLength) {
    length = newLength;
    return this;
  }

  /** The buffer; its first {@link #length()} bytes are written. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public ByteWriter putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Writes a number that is not negative, in as few bytes as it needs. */
  public ByteWriter putUnsigned(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** Writes any number; small ones of either sign take few bytes. */
  public ByteWriter putSigned(long value) {
    return putUnsigned((value << 1) ^ (value >> 63));
  }

  /** Writes eight bytes whose unsigned order is the order of the numbers. */
  public ByteWriter putOrdered(long value) {
    return putFixed(value ^ Long.MIN_VALUE);
  }

  /** Writes eight bytes. */
  public ByteWriter putFixed(long value) {
    reserve(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Writes bytes as they are, without their number. */
  public ByteWriter putBytes(byte[] source, int offset, int size) {
    reserve(size);
    System.arraycopy(source, offset, bytes, length, size);
    length += size;
    return this;
  }

  /** Writes a text or binary value so that null, empty and its end can be told. */
  public ByteWriter putText(byte[] source, int offset, int size) {
    return putUnsigned(size + 1L).putBytes(source, offset, size);
  }

  public ByteWriter putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return putText(utf8, 0, utf8.length);
  }

  public ByteWriter putNullText() {
    return putUnsigned(0);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
