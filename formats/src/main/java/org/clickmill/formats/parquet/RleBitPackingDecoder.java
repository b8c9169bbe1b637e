package org.clickmill.formats.parquet;

import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * Decodes Parquet's mix of repeated and bit-packed runs, in which dictionary ids and levels are
 * written, a run at a time.
 */
final class RleBitPackingDecoder {
  private static final int MOST_BITS = 32;

  private final int[] group = new int[8];
  private final BytePacker[] packers = new BytePacker[MOST_BITS + 1];

  private byte[] bytes;
  private int position;
  private int end;

  /**
   * Decodes whole numbers.
   *
   * @param width bits of each
   * @param count how many
   * @param at where the first goes in the result
   */
  void decode(byte[] source, int start, int limit, int width, int count, int[] result, int at) {
    if (width < 0 || width > MOST_BITS) {
      throw new DamagedFileException("numbers of %d bits", width);
    }
    if (width == 0) {
      Arrays.fill(result, at, at + count, 0);
      return;
    }
    begin(source, start, limit);
    int next = at;
    int last = at + count;
    while (next < last) {
      int header = nextHeader();
      int left = last - next;
      if ((header & 1) == 0) {
        int length = Math.min(header >>> 1, left);
        Arrays.fill(result, next, next + length, nextRepeated(width));
        next += length;
      } else {
        int length = (int) Math.min((header >>> 1) * 8L, left);
        unpack(width, length, result, next);
        position = (int) Math.min(position + (long) (header >>> 1) * width, end);
        next += length;
      }
    }
  }

  /**
   * Decodes the levels of a column that is not nested.
   *
   * @param nulls the result: which rows have no value
   * @return how many have none
   */
  int decodeNulls(byte[] source, int start, int limit, int count, boolean[] nulls, int at) {
    begin(source, start, limit);
    int next = at;
    int last = at + count;
    int found = 0;
    while (next < last) {
      int header = nextHeader();
      int left = last - next;
      if ((header & 1) == 0) {
        int length = Math.min(header >>> 1, left);
        int level = nextRepeated(1);
        if (level > 1) {
          throw new DamagedFileException("a definition level of %d", level);
        }
        Arrays.fill(nulls, next, next + length, level == 0);
        found += level == 0 ? length : 0;
        next += length;
      } else {
        int length = (int) Math.min((header >>> 1) * 8L, left);
        found += unpackNulls(length, nulls, next);
        position = (int) Math.min(position + (long) (header >>> 1), end);
        next += length;
      }
    }
    return found;
  }

  private void begin(byte[] source, int start, int limit) {
    bytes = source;
    position = start;
    end = limit;
  }

  /** A run's length and kind; a run of nothing is refused, it could go on for ever. */
  private int nextHeader() {
    int header = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (position >= end) {
        throw new DamagedFileException("runs that end before all values are there");
      }
      int next = bytes[position++];
      header |= (next & 0x7f) << shift;
      if (next >= 0) {
        if (header >>> 1 == 0) {
          throw new DamagedFileException("a run of no values");
        }
        return header;
      }
    }
    throw new DamagedFileException("a run of too many values");
  }

  private int nextRepeated(int width) {
    int size = (width + 7) >>> 3;
    if (size > end - position) {
      throw new DamagedFileException("a run that ends before its value");
    }
    int value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[position++] & 0xff) << (8 * i);
    }
    return value;
  }

  private void unpack(int width, int count, int[] result, int at) {
    if (((long) count * width + 7) >>> 3 > end - position) {
      throw new DamagedFileException("a run that ends before its values");
    }
    var packer = packer(width);
    int from = position;
    int next = at;
    int left = count;
    for (; left >= 32; left -= 32) {
      packer.unpack32Values(bytes, from, result, next);
      from += 4 * width;
      next += 32;
    }
    for (; left >= 8; left -= 8) {
      packer.unpack8Values(bytes, from, result, next);
      from += width;
      next += 8;
    }
    if (left > 0) {
      byte[] padded = Arrays.copyOfRange(bytes, from, Math.min(from + width, end));
      packer.unpack8Values(Arrays.copyOf(padded, width), 0, group, 0);
      System.arraycopy(group, 0, result, next, left);
    }
  }

  private int unpackNulls(int count, boolean[] nulls, int at) {
    if ((count + 7) >>> 3 > end - position) {
      throw new DamagedFileException("a run that ends before its values");
    }
    int found = 0;
    int next = at;
    int whole = position + (count >>> 3);
    for (int i = position; i < whole; i++, next += 8) {
      int levels = bytes[i];
      nulls[next] = (levels & 1) == 0;
      nulls[next + 1] = (levels & 2) == 0;
      nulls[next + 2] = (levels & 4) == 0;
      nulls[next + 3] = (levels & 8) == 0;
      nulls[next + 4] = (levels & 16) == 0;
      nulls[next + 5] = (levels & 32) == 0;
      nulls[next + 6] = (levels & 64) == 0;
      nulls[next + 7] = (levels & 128) == 0;
      found += 8 - Integer.bitCount(levels & 0xff);
    }
    for (int bit = 0; bit < (count & 7); bit++) {
      boolean isNull = (bytes[whole] >>> bit & 1) == 0;
      nulls[next++] = isNull;
      found += isNull ? 1 : 0;
    }
    return found;
  }

  private BytePacker packer(int width) {
    if (packers[width] == null) {
      packers[width] = Packer.LITTLE_ENDIAN.newBytePacker(width);
    }
    return packers[width];
  }
}
