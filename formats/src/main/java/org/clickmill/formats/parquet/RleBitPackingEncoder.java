package org.clickmill.formats.parquet;

import java.util.Arrays;

/**
 * Parquet's hybrid of run lengths and bit packing, for definition levels and dictionary ids: where
 * eight numbers or more are equal a run of them, else groups of eight packed.
 */
final class RleBitPackingEncoder {
  private static final int GROUP = 8;

  /** So that the header of packed groups is one byte, as everybody writes it. */
  private static final int MAX_GROUPS = 63;

  private RleBitPackingEncoder() {}

  /** The bits that the numbers below a count take. */
  static int width(int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  /**
   * Encodes the first numbers of an array, none of which is negative or takes more bits than given.
   */
  static void encode(int[] numbers, int count, int width, EncodedBytes target) {
    int position = 0;
    while (position < count) {
      if (isRun(numbers, position, count)) {
        int end = runEnd(numbers, position + GROUP, count);
        putRun(numbers[position], end - position, width, target);
        position = end;
      } else {
        int start = position;
        int groups = 0;
        do {
          position += GROUP;
          groups++;
        } while (groups < MAX_GROUPS && position < count && !isRun(numbers, position, count));
        target.put(groups << 1 | 1);
        target.putPacked(numbers, start, Math.min(position, count), groups * GROUP, width);
      }
    }
  }

  /** One number, repeated. */
  static void encodeRepeated(int number, int count, int width, EncodedBytes target) {
    if (count >= GROUP) {
      putRun(number, count, width, target);
      return;
    }
    int[] numbers = new int[count];
    Arrays.fill(numbers, number);
    encode(numbers, count, width, target);
  }

  private static void putRun(int number, int count, int width, EncodedBytes target) {
    target.putVarint(count << 1);
    target.putNumber(number, (width + Byte.SIZE - 1) / Byte.SIZE);
  }

  private static boolean isRun(int[] numbers, int position, int count) {
    if (position + GROUP > count) {
      return false;
    }
    int number = numbers[position];
    for (int i = position + 1; i < position + GROUP; i++) {
      if (numbers[i] != number) {
        return false;
      }
    }
    return true;
  }

  private static int runEnd(int[] numbers, int position, int count) {
    int number = numbers[position - 1];
    int end = position;
    while (end < count && numbers[end] == number) {
      end++;
    }
    return end;
  }
}
