package org.clickmill.jobs.ingest;

import it.unimi.dsi.fastutil.longs.LongArrays;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.event.ClusterKey;

/**
 * Holds the {@link ClusterKey}s of a hash range in memory and sorts them. Keys are put into buckets
 * by the upper bits of the visitor's hash as they come, so that each bucket can be sorted within
 * the processor's caches: by the bits that follow, and only keys that are equal in these by their
 * bytes. Memory is kept for the next keys.
 *
 * <p>A key lies behind its length in a block of its bucket, and is known by its place: which block,
 * and where in it.
 */
final class KeySorter {
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int ALIGNMENT_BITS = 3;
  private static final int ALIGNMENT = 1 << ALIGNMENT_BITS;
  private static final int OFFSET_BITS = 16 - ALIGNMENT_BITS;
  private static final int OFFSET = (1 << OFFSET_BITS) - 1;

  /** What a bucket should hold, so that it stays in the cache of one core. */
  private static final long BUCKET_BYTES = 1 << 20;

  private static final int MOST_BUCKET_BITS = 12;

  /** The order of a bucket, and what sorting it may take besides. */
  private static final int BYTES_TO_ORDER = 3 * Long.BYTES;

  /** What {@link #add} returns when there is no room left. */
  static final long NO_ROOM = -1;

  /** What places of 32 bits reach. */
  private static final long MOST_BYTES = (long) BLOCK_BYTES << Integer.SIZE - OFFSET_BITS;

  private static final long PLACE = 0xffff_ffffL;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final long budget;
  private final List<byte[]> blocks = new ArrayList<>();
  private long blockBytes;
  private int usedBlocks;

  private Bucket[] buckets = {};

  /** How many leading bits all hashes of the range share, and how many tell its buckets apart. */
  private int sharedBits;

  private int bucketBits;
  private int companion;
  private int size;
  private int dropped;

  /** The most keys that a bucket had when it took another block. */
  private long mostKeys;

  private long[] order = new long[0];

  /** Takes keys in order. */
  interface Target {
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /** The keys of neighbouring hashes. */
  private static final class Bucket {
    private int[] blocks = new int[4];
    private int[] ends = new int[4];
    private int last = -1;
    private int keys;

    private void clear() {
      last = -1;
      keys = 0;
    }

    private void addBlock(int block) {
      last++;
      if (last == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * last);
        ends = Arrays.copyOf(ends, 2 * last);
      }
      blocks[last] = block;
      ends[last] = 0;
    }
  }

  /**
   * @param budget bytes of memory that the keys may take
   */
  KeySorter(long budget) {
    this.budget = Math.min(budget, MOST_BYTES);
  }

  /**
   * Forgets all keys, and takes those of some ranges from now on.
   *
   * @param bytes about what the keys will take; any estimate will do
   * @param companion bytes that others keep in memory for each key, which count, too
   */
  void begin(HashSpan span, long bytes, int companion) {
    this.companion = companion;
    sharedBits = Integer.numberOfTrailingZeros(span.ranges() / Integer.highestOneBit(span.size()));
    long wanted = Math.min(bytes, budget / 2) / BUCKET_BYTES;
    bucketBits = Math.min(MOST_BUCKET_BITS, Long.SIZE - Long.numberOfLeadingZeros(wanted));
    int known = buckets.length;
    buckets = Arrays.copyOf(buckets, Math.max(known, 1 << bucketBits));
    for (int i = known; i < buckets.length; i++) {
      buckets[i] = new Bucket();
    }
    for (var bucket : buckets) {
      bucket.clear();
    }
    usedBlocks = 0;
    size = 0;
    dropped = 0;
    mostKeys = 0;
  }

  /**
   * Takes a key whose hash is in the range.
   *
   * @return its place, an unsigned number of 32 bits, or {@link #NO_ROOM}
   */
  long add(ClusterKey key) {
    int length = key.length();
    var bucket = buckets[bucket(key.hash())];
    if (!reserve(bucket, Integer.BYTES + length)) {
      return NO_ROOM;
    }
    int blockIndex = bucket.blocks[bucket.last];
    byte[] block = blocks.get(blockIndex);
    int offset = bucket.ends[bucket.last];
    INTS.set(block, offset, length);
    System.arraycopy(key.bytes(), 0, block, offset + Integer.BYTES, length);
    bucket.ends[bucket.last] = next(offset, length);
    bucket.keys++;
    size++;
    return (long) blockIndex << OFFSET_BITS | offset >> ALIGNMENT_BITS;
  }

  /** Leaves out the key at a place. */
  void drop(int place) {
    byte[] block = block(place);
    int length = (int) INTS.get(block, offset(place));
    if (length > 0) {
      INTS.set(block, offset(place), -length);
      dropped++;
    }
  }

  /** Number of keys that were left out. */
  int droppedKeys() {
    return dropped;
  }

  /** Compares the events of the keys at two places, wherever they come from, then their source. */
  int compareEvents(int place, int other) {
    byte[] block = block(place);
    byte[] otherBlock = block(other);
    int key = offset(place) + Integer.BYTES;
    int otherKey = offset(other) + Integer.BYTES;
    return Arrays.compareUnsigned(
        block,
        ClusterKey.event(block, key),
        key + length(block, offset(place)),
        otherBlock,
        ClusterKey.event(otherBlock, otherKey),
        otherKey + length(otherBlock, offset(other)));
  }

  /** Gives all keys that were not dropped to a target, in order. */
  void sortInto(Target target) throws IOException {
    for (int i = 0; i < 1 << bucketBits; i++) {
      int keys = arrange(buckets[i]);
      for (int j = 0; j < keys; j++) {
        int place = (int) order[j];
        byte[] block = block(place);
        target.accept(block, offset(place) + Integer.BYTES, length(block, offset(place)));
      }
    }
  }

  /** Brings the places of a bucket's keys into order; returns how many were not dropped. */
  private int arrange(Bucket bucket) {
    if (bucket.keys > order.length) {
      order = new long[bucket.keys + (bucket.keys >> 1)];
    }
    int keys = 0;
    int shift = sharedBits + bucketBits;
    for (int i = 0; i <= bucket.last; i++) {
      byte[] block = blocks.get(bucket.blocks[i]);
      for (int offset = 0; offset < bucket.ends[i]; ) {
        int length = (int) INTS.get(block, offset);
        if (length > 0) {
          long hash = ClusterKey.hash(block, offset + Integer.BYTES) << shift;
          int place = bucket.blocks[i] << OFFSET_BITS | offset >> ALIGNMENT_BITS;
          // With the sign flipped, so that signed numbers have the order of unsigned hashes.
          order[keys++] = (hash ^ Long.MIN_VALUE) & ~PLACE | place & PLACE;
        }
        offset = next(offset, Math.abs(length));
      }
    }
    Arrays.sort(order, 0, keys);
    for (int from = 0, to; from < keys; from = to) {
      to = from + 1;
      while (to < keys && (order[to] & ~PLACE) == (order[from] & ~PLACE)) {
        to++;
      }
      if (to - from > 1 && !isInOrder(from, to)) {
        LongArrays.mergeSort(order, from, to, this::compare);
      }
    }
    return keys;
  }

  private boolean isInOrder(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (compare(order[i - 1], order[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  private int compare(long place, long other) {
    byte[] block = block((int) place);
    byte[] otherBlock = block((int) other);
    int offset = offset((int) place);
    int otherOffset = offset((int) other);
    int key = offset + Integer.BYTES;
    int otherKey = otherOffset + Integer.BYTES;
    return Arrays.compareUnsigned(
        block,
        key,
        key + length(block, offset),
        otherBlock,
        otherKey,
        otherKey + length(otherBlock, otherOffset));
  }

  private int bucket(long hash) {
    // In two steps, since a shift by all 64 bits would be none.
    return (int) (hash << sharedBits >>> 1 >>> Long.SIZE - 1 - bucketBits);
  }

  private byte[] block(int place) {
    return blocks.get(place >>> OFFSET_BITS);
  }

  private static int offset(int place) {
    return (place & OFFSET) << ALIGNMENT_BITS;
  }

  private static int length(byte[] block, int offset) {
    return Math.abs((int) INTS.get(block, offset));
  }

  /** Where a key begins that comes behind another. */
  private static int next(int offset, int length) {
    return offset + Integer.BYTES + length + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /** Makes room for some bytes at the end of a bucket, if the budget has it. */
  private boolean reserve(Bucket bucket, int bytes) {
    if (bucket.last >= 0 && bucket.ends[bucket.last] + bytes <= BLOCK_BYTES) {
      return true;
    }
    mostKeys = Math.max(mostKeys, bucket.keys);
    long ordering = Math.max(mostKeys * BYTES_TO_ORDER, (long) Long.BYTES * order.length);
    long others = (long) size * companion + ordering;
    while (usedBlocks < blocks.size() && blocks.get(usedBlocks).length < bytes) {
      forgetLastBlock();
    }
    if (usedBlocks == blocks.size()) {
      blocks.add(new byte[Math.max(bytes, BLOCK_BYTES)]);
      blockBytes += blocks.get(usedBlocks).length;
    }
    while (blockBytes + others > budget && blocks.size() > usedBlocks) {
      forgetLastBlock();
    }
    if (usedBlocks == blocks.size()) {
      return false;
    }
    bucket.addBlock(usedBlocks++);
    return true;
  }

  private void forgetLastBlock() {
    blockBytes -= blocks.remove(blocks.size() - 1).length;
  }
}
