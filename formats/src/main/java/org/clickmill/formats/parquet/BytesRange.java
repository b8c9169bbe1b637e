package org.clickmill.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The least and the greatest of texts by their unsigned bytes. The first eight bytes, as a number,
 * mostly decide.
 */
final class BytesRange {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] array;
  private int minOffset;
  private int minLength;
  private long minPrefix;
  private int maxOffset;
  private int maxLength;
  private long maxPrefix;
  private boolean empty = true;

  /** Begins anew, with texts in an array. */
  void begin(byte[] texts) {
    array = texts;
    empty = true;
  }

  void add(int offset, int length) {
    long prefix = prefix(offset, length);
    if (empty || isLess(prefix, offset, length, minPrefix, minOffset, minLength)) {
      minOffset = offset;
      minLength = length;
      minPrefix = prefix;
    }
    if (empty || isLess(maxPrefix, maxOffset, maxLength, prefix, offset, length)) {
      maxOffset = offset;
      maxLength = length;
      maxPrefix = prefix;
    }
    empty = false;
  }

  /** A copy of the least text. */
  byte[] min() {
    return Arrays.copyOfRange(array, minOffset, minOffset + minLength);
  }

  /** A copy of the greatest text. */
  byte[] max() {
    return Arrays.copyOfRange(array, maxOffset, maxOffset + maxLength);
  }

  private boolean isLess(
      long prefix, int offset, int length, long otherPrefix, int otherOffset, int otherLength) {
    if (prefix != otherPrefix) {
      return prefix < otherPrefix;
    }
    return Arrays.compareUnsigned(
            array, offset, offset + length, array, otherOffset, otherOffset + otherLength)
        < 0;
  }

  /** A number that is less for what is less, or equal. */
  private long prefix(int offset, int length) {
    long prefix = 0;
    if (length >= Long.BYTES) {
      prefix = (long) LONGS.get(array, offset);
    } else {
      for (int i = 0; i < length; i++) {
        prefix |= (array[offset + i] & 0xffL) << (56 - Byte.SIZE * i);
      }
    }
    return prefix ^ Long.MIN_VALUE;
  }
}
