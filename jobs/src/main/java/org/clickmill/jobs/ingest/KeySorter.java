package org.clickmill.jobs.ingest;

import it.unimi.dsi.fastutil.longs.LongArrays;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.clickmill.formats.event.ClusterKey;

/**
 * Holds {@link ClusterKey}s in memory and sorts them: by the upper half of the visitor's hash as
 * numbers, and only those that are equal in it by their bytes. Memory is kept for the next keys.
 */
final class KeySorter {
  private static final int MOST_BLOCK_BYTES = 1 << 22;
  private static final int BLOCKS = 16;
  private static final int INITIAL_KEYS = 1 << 10;
  private static final long INDEX = 0xffff_ffffL;

  /** What a key takes beside its bytes: where it lies, how long it is, its place in the order. */
  private static final int BYTES_A_KEY = 2 * Long.BYTES + Integer.BYTES;

  private final long budget;
  private final int bytesAKey;
  private final int newBlockBytes;
  private final List<byte[]> blocks = new ArrayList<>();
  private long blockBytes;
  private int block;
  private int used;

  private long[] positions = new long[INITIAL_KEYS];
  private int[] lengths = new int[INITIAL_KEYS];
  private long[] order = new long[INITIAL_KEYS];
  private int size;

  private final BitSet dropped = new BitSet();

  /** Takes keys in order. */
  interface Target {
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * @param budget bytes of memory that the keys may take
   * @param companion bytes that others keep in memory for each key, which count, too
   */
  KeySorter(long budget, int companion) {
    this.budget = budget;
    this.bytesAKey = BYTES_A_KEY + companion;
    this.newBlockBytes = (int) Math.min(MOST_BLOCK_BYTES, budget / BLOCKS);
  }

  /** Forgets all keys. */
  void clear() {
    block = 0;
    used = 0;
    size = 0;
    dropped.clear();
  }

  /** Number of keys. */
  int size() {
    return size;
  }

  /** Takes a key, or returns false if there is no room for it. */
  boolean add(ClusterKey key) {
    int length = key.length();
    if (!reserve(length)) {
      return false;
    }
    byte[] target = blocks.get(block);
    System.arraycopy(key.bytes(), 0, target, used, length);
    positions[size] = (long) block << Integer.SIZE | used;
    lengths[size] = length;
    // With the sign flipped, so that signed numbers have the order of unsigned hashes.
    order[size] = (key.hash() ^ Long.MIN_VALUE) & ~INDEX | size;
    used += length;
    size++;
    return true;
  }

  /** Leaves out the key that was added at a place, from 0. */
  void drop(int index) {
    dropped.set(index);
  }

  /** Number of keys that were left out. */
  int droppedKeys() {
    return dropped.cardinality();
  }

  /** Compares the events of two keys, wherever they come from, and then by their source. */
  int compareEvents(int index, int other) {
    byte[] bytes = bytes(index);
    byte[] otherBytes = bytes(other);
    int offset = offset(index);
    int otherOffset = offset(other);
    return Arrays.compareUnsigned(
        bytes,
        ClusterKey.event(bytes, offset),
        offset + lengths[index],
        otherBytes,
        ClusterKey.event(otherBytes, otherOffset),
        otherOffset + lengths[other]);
  }

  /** Gives all keys that were not dropped to a target, in order. */
  void sortInto(Target target) throws IOException {
    Arrays.sort(order, 0, size);
    for (int from = 0, to; from < size; from = to) {
      to = from + 1;
      while (to < size && (order[to] & ~INDEX) == (order[from] & ~INDEX)) {
        to++;
      }
      if (to - from > 1 && !isInOrder(from, to)) {
        LongArrays.mergeSort(order, from, to, this::compare);
      }
    }
    for (int i = 0; i < size; i++) {
      int index = (int) order[i];
      if (!dropped.get(index)) {
        target.accept(bytes(index), offset(index), lengths[index]);
      }
    }
  }

  private boolean isInOrder(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (compare(order[i - 1], order[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  private int compare(long place, long otherPlace) {
    int index = (int) place;
    int other = (int) otherPlace;
    int offset = offset(index);
    int otherOffset = offset(other);
    return Arrays.compareUnsigned(
        bytes(index),
        offset,
        offset + lengths[index],
        bytes(other),
        otherOffset,
        otherOffset + lengths[other]);
  }

  private byte[] bytes(int index) {
    return blocks.get((int) (positions[index] >>> Integer.SIZE));
  }

  private int offset(int index) {
    return (int) positions[index];
  }

  /** Makes room for a key in the current block and in the arrays, if the budget has it. */
  private boolean reserve(int length) {
    if (size == positions.length) {
      int keys = size + (size >> 1);
      // While an array is copied, the old one is there as well.
      if (blockBytes + (long) keys * bytesAKey + (long) size * Long.BYTES > budget) {
        return false;
      }
      positions = Arrays.copyOf(positions, keys);
      lengths = Arrays.copyOf(lengths, keys);
      order = Arrays.copyOf(order, keys);
    }
    while (block < blocks.size() && used + length > blocks.get(block).length) {
      block++;
      used = 0;
    }
    if (block == blocks.size()) {
      int bytes = Math.max(length, newBlockBytes);
      if (blockBytes + bytes + (long) positions.length * bytesAKey > budget) {
        return false;
      }
      blocks.add(new byte[bytes]);
      blockBytes += bytes;
    }
    return true;
  }
}
