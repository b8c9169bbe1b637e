package org.clickmill.jobs.kernel;

import it.unimi.dsi.fastutil.Arrays;
import java.io.IOException;

/**
 * Cuts 128-bit hashes into ranges by their top bits, so that exact distinct counts of groups of any
 * size take the memory of one range: a fold emits the hashes of a group in blocks under (group,
 * range), and a merge counts range by range with a {@link DistinctCounter}. All tasks of a job must
 * have the same ranges.
 *
 * @param bits of a hash that tell its range; 0 where all hashes fit into memory
 */
public record HashRanges(int bits) {
  /** Length of the range at the end of a key. */
  public static final int KEY_LENGTH = Short.BYTES;

  private static final int MOST_BITS = 16;

  /** Blocks have at most this many hashes, so that none outgrows a buffer. */
  private static final int HASHES_A_BLOCK = 1 << 16;

  public HashRanges {
    if (bits < 0 || bits > MOST_BITS) {
      throw new IllegalArgumentException("Invalid number of bits: " + bits);
    }
  }

  /** Takes the blocks of a group, range by range. */
  @FunctionalInterface
  public interface Target {
    /**
     * @param range to be put at the end of the key by {@link #putKey}
     * @param hashes the number of hashes in the block
     * @param block what {@link DistinctCounter} reads; valid until the method returns
     */
    void accept(int range, int hashes, ByteWriter block) throws IOException;
  }

  /**
   * The fewest ranges of which each is expected to fit into memory.
   *
   * @param hashes the most different hashes that a group may have, such as the rows of the input
   * @param hashesInMemory the number of hashes that a task may hold
   */
  public static HashRanges of(long hashes, long hashesInMemory) {
    int bits = 0;
    while (bits < MOST_BITS && hashes >>> bits > hashesInMemory) {
      bits++;
    }
    return new HashRanges(bits);
  }

  /** The range of a hash, whose order is that of the hashes' unsigned high halves. */
  public int of(long high) {
    return bits == 0 ? 0 : (int) (high >>> (Long.SIZE - bits));
  }

  /** Appends a range to a key, so that the ranges of one key come in order. */
  public static void putKey(ByteWriter key, int range) {
    key.putByte(range >>> Byte.SIZE).putByte(range);
  }

  /** The range at the end of a key. */
  public static int ofKey(ByteReader key) {
    int end = key.position() + key.remaining();
    return (key.bytes()[end - 2] & 0xff) << Byte.SIZE | key.bytes()[end - 1] & 0xff;
  }

  /**
   * Hands the hashes of one group on in blocks, ranges in order, hashes sorted.
   *
   * @param highs sorted in place, with lows, between from and to
   */
  public void write(long[] highs, long[] lows, int from, int to, Target target) throws IOException {
    if (bits > 0) {
      sort(highs, lows, from, to);
    }
    var block = new ByteWriter();
    for (int start = from; start < to; ) {
      int range = of(highs[start]);
      int end = start;
      block.clear();
      while (end < to && end - start < HASHES_A_BLOCK && of(highs[end]) == range) {
        block.putFixed(highs[end]).putFixed(lows[end]);
        end++;
      }
      target.accept(range, end - start, block);
      start = end;
    }
  }

  private static void sort(long[] highs, long[] lows, int from, int to) {
    Arrays.quickSort(
        from,
        to,
        (a, b) -> {
          int order = Long.compareUnsigned(highs[a], highs[b]);
          return order != 0 ? order : Long.compareUnsigned(lows[a], lows[b]);
        },
        (a, b) -> {
          swap(highs, a, b);
          swap(lows, a, b);
        });
  }

  private static void swap(long[] array, int a, int b) {
    long other = array[a];
    array[a] = array[b];
    array[b] = other;
  }
}
