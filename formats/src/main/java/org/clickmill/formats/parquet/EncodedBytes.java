package org.clickmill.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, with numbers as Parquet writes them: the lowest byte first. */
final class EncodedBytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int length;

  EncodedBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** The array whose first {@link #length} bytes are what was put; another one after it grew. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Forgets what was put behind an earlier {@link #length}. */
  void truncate(int earlier) {
    length = earlier;
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void put(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  /** Replaces an int that stands at a position. */
  void setInt(int position, int value) {
    INTS.set(bytes, position, value);
  }

  int intAt(int position) {
    return (int) INTS.get(bytes, position);
  }

  /** A text as PLAIN has it: its length and its bytes. */
  void putText(byte[] source, int offset, int count) {
    putInt(count);
    put(source, offset, count);
  }

  /** A number of a given width in bytes. */
  void putNumber(int value, int width) {
    for (int shift = 0; shift < Byte.SIZE * width; shift += Byte.SIZE) {
      put(value >>> shift);
    }
  }

  void putVarint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      put(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    put(rest);
  }

  /** Whole numbers as ints, which they fit in. */
  void putInts(long[] values, int count) {
    reserve(count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      INTS.set(bytes, length, (int) values[i]);
      length += Integer.BYTES;
    }
  }

  void putLongs(long[] values, int count) {
    int size = count * Long.BYTES;
    reserve(size);
    ByteBuffer.wrap(bytes, length, size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .put(values, 0, count);
    length += size;
  }

  /**
   * Packs numbers of some bits one behind the other, from the lowest bit on. What lies between the
   * numbers that there are and the number wanted, a multiple of eight, is 0.
   */
  void putPacked(int[] values, int from, int to, int wanted, int width) {
    reserve(wanted / Byte.SIZE * width + Integer.BYTES);
    byte[] target = bytes;
    int position = length;
    long bits = 0;
    int filled = 0;
    for (int i = from; i < to; i++) {
      bits |= (long) values[i] << filled;
      filled += width;
      if (filled >= Integer.SIZE) {
        INTS.set(target, position, (int) bits);
        position += Integer.BYTES;
        bits >>>= Integer.SIZE;
        filled -= Integer.SIZE;
      }
    }
    int end = length + wanted / Byte.SIZE * width;
    for (; position < end; position++) {
      target[position] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
    length = end;
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      grow(Math.addExact(length, more));
    }
  }

  private void grow(int needed) {
    int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
    bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
  }
}
