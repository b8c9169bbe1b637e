package org.clickmill.jobs.kernel;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The partials of an output partition that meet in a map task: they wait here, in the order in
 * which they were emitted, and are merged key by key without a shuffle.
 */
final class WaitingPartials implements PartialAggregates.Source {
  private static final int FIRST_BLOCK_BYTES = 1 << 12;
  private static final int BLOCK_BYTES = 1 << 18;
  private static final int INITIAL_PARTIALS = 64;

  /** The most keys with equal first bytes that are sorted by comparing them. */
  private static final int FEW = 8;

  /** Keys with this number of equal first bytes are compared, however many they are. */
  private static final int DEEPEST = 64;

  private static final int VALUE_LENGTH = Integer.BYTES;
  private static final int KEY = VALUE_LENGTH + Integer.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  /** With more, memory is given back when they are merged. */
  private static final int KEPT_PARTIALS = 1 << 16;

  /**
   * What a partial takes in the arrays: where it lies, bytes to sort by, its place in the order.
   */
  private static final int BYTES_A_PARTIAL = 2 * Long.BYTES + Integer.BYTES;

  private final ByteWriter count = new ByteWriter();
  private final ByteReader key = new ByteReader();

  /** Each partial lies whole in one block: the lengths of its key and its value, and these. */
  private final List<byte[]> blocks = new ArrayList<>();

  private long blockBytes;
  private int block;
  private int used;

  /** The block in the upper half, the place in it in the lower. */
  private long[] positions = new long[INITIAL_PARTIALS];

  /**
   * Eight bytes of each key, by which those are sorted that are equal before. Once all are in
   * order, equal keys have the same.
   */
  private long[] prefixes = new long[INITIAL_PARTIALS];

  private int[] order = new int[0];
  private int size;

  /** The next partial of the key being merged, and the end of its partials, in the order. */
  private int next;

  private int end;

  /** Takes a key with all its partials. */
  interface Keys {
    void merge(ByteReader key, PartialAggregates.Source values) throws IOException;
  }

  /** Takes the bytes of a partial as they would be shuffled. */
  interface Target {
    void accept(ByteReader key, ByteReader value) throws IOException;
  }

  /** Takes a partial, and tells whether more memory had to be allocated for it. */
  boolean add(ByteWriter partialKey, ByteWriter partial, long events) {
    count.clear().putUnsigned(events);
    int keyLength = partialKey.length();
    int valueLength = count.length() + partial.length();
    boolean isLarger = reserve(KEY + keyLength + valueLength);
    byte[] target = blocks.get(block);
    positions[size++] = (long) block << Integer.SIZE | used;
    INTS.set(target, used, keyLength);
    INTS.set(target, used + VALUE_LENGTH, valueLength);
    used += KEY;
    System.arraycopy(partialKey.bytes(), 0, target, used, keyLength);
    used += keyLength;
    System.arraycopy(count.bytes(), 0, target, used, count.length());
    used += count.length();
    System.arraycopy(partial.bytes(), 0, target, used, partial.length());
    used += partial.length();
    return isLarger || size == positions.length;
  }

  private boolean reserve(int length) {
    if (size == positions.length) {
      int capacity = 2 * size;
      positions = Arrays.copyOf(positions, capacity);
      prefixes = Arrays.copyOf(prefixes, capacity);
    }
    while (block < blocks.size() && used + length > blocks.get(block).length) {
      block++;
      used = 0;
    }
    if (block == blocks.size()) {
      var bytes = new byte[Math.max(length, blocks.isEmpty() ? FIRST_BLOCK_BYTES : BLOCK_BYTES)];
      blocks.add(bytes);
      blockBytes += bytes.length;
      return true;
    }
    return false;
  }

  /** Bytes that the next partial finds allocated, what growing would take for a while included. */
  long memoryBytes() {
    long arrays = (long) BYTES_A_PARTIAL * positions.length;
    return size == 0 ? 0 : blockBytes + (size == positions.length ? 3 * arrays : arrays);
  }

  /** Hands all keys on in the unsigned order of their bytes, and forgets them. */
  void mergeInto(Keys keys) throws IOException {
    if (order.length < size) {
      order = new int[positions.length];
    }
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    sort(0, size, 0);
    for (next = 0; next < size; next = end) {
      end = next + 1;
      while (end < size && isSameKey(order[next], order[end])) {
        end++;
      }
      keys.merge(key(order[next]), this);
    }
    clear();
  }

  /** Hands all partials on, and forgets them. */
  void drainTo(Target target) throws IOException {
    var value = new ByteReader();
    for (int i = 0; i < size; i++) {
      reset(value, i);
      target.accept(key(i), value);
    }
    clear();
  }

  @Override
  public boolean next(ByteReader reader) {
    if (next == end) {
      return false;
    }
    reset(reader, order[next++]);
    return true;
  }

  /** Forgets the partials; memory is kept for as many as few. */
  private void clear() {
    if (size > KEPT_PARTIALS) {
      blocks.clear();
      blockBytes = 0;
      positions = new long[INITIAL_PARTIALS];
      prefixes = new long[INITIAL_PARTIALS];
      order = new int[0];
    }
    block = 0;
    used = 0;
    size = 0;
  }

  private ByteReader key(int partial) {
    byte[] bytes = bytes(partial);
    int start = start(partial);
    return key.reset(bytes, start + KEY, keyLength(bytes, start));
  }

  private void reset(ByteReader value, int partial) {
    byte[] bytes = bytes(partial);
    int start = start(partial);
    value.reset(
        bytes, start + KEY + keyLength(bytes, start), (int) INTS.get(bytes, start + VALUE_LENGTH));
  }

  private byte[] bytes(int partial) {
    return blocks.get((int) (positions[partial] >>> Integer.SIZE));
  }

  private int start(int partial) {
    return (int) positions[partial];
  }

  private static int keyLength(byte[] bytes, int start) {
    return (int) INTS.get(bytes, start);
  }

  /**
   * Brings partials into the unsigned order of their keys' bytes.
   *
   * @param depth the number of first bytes in which their keys are equal
   */
  private void sort(int from, int to, int depth) {
    int longest = 0;
    for (int i = from; i < to; i++) {
      prefixes[order[i]] = prefix(order[i], depth);
      longest = Math.max(longest, keyLength(bytes(order[i]), start(order[i])));
    }
    LongArrays.radixSortIndirect(order, prefixes, from, to, false);
    boolean isLast = depth + Long.BYTES >= Math.min(longest, DEEPEST);
    for (int start = from, end = from; start < to; start = end) {
      end = start + 1;
      while (end < to && prefixes[order[end]] == prefixes[order[start]]) {
        end++;
      }
      if (end - start > FEW && !isLast) {
        sort(start, end, depth + Long.BYTES);
      } else if (end - start > 1) {
        IntArrays.quickSort(order, start, end, this::compare);
      }
    }
  }

  /** Whether two partials that are in order have the same key. */
  private boolean isSameKey(int a, int b) {
    return prefixes[a] == prefixes[b] && compare(a, b) == 0;
  }

  private int compare(int a, int b) {
    byte[] bytes = bytes(a);
    byte[] otherBytes = bytes(b);
    int start = start(a);
    int otherStart = start(b);
    return Arrays.compareUnsigned(
        bytes,
        start + KEY,
        start + KEY + keyLength(bytes, start),
        otherBytes,
        otherStart + KEY,
        otherStart + KEY + keyLength(otherBytes, otherStart));
  }

  /**
   * Eight bytes of a key, zeros behind its end, as a number whose signed order is the unsigned
   * order of the bytes.
   */
  private long prefix(int partial, int depth) {
    byte[] bytes = bytes(partial);
    int key = start(partial) + KEY;
    int start = key + depth;
    int left = keyLength(bytes, key - KEY) - depth;
    if (left >= Long.BYTES) {
      return (long) LONGS.get(bytes, start) ^ Long.MIN_VALUE;
    }
    long prefix = 0;
    for (int i = 0; i < left; i++) {
      prefix |= (bytes[start + i] & 0xffL) << (56 - 8 * i);
    }
    return prefix ^ Long.MIN_VALUE;
  }
}
