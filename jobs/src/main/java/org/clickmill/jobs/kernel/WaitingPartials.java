package org.clickmill.jobs.kernel;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.io.IOException;
import java.util.Arrays;

/**
 * The partials of a route that meet in a map task: they wait here, in the order in which they were
 * emitted, and are merged key by key without a shuffle.
 */
final class WaitingPartials implements Partials.Source {
  private final ByteWriter bytes = new ByteWriter();
  private final ByteReader key = new ByteReader();

  /** Each partial is its key and, behind that, its value; the last start is the end of all. */
  private int[] starts = new int[64];

  private int[] values = new int[64];

  /** The first eight bytes of each key, so that few comparisons look further. */
  private long[] prefixes = new long[64];

  private int[] order = new int[0];
  private int size;

  /** The next partial of the key being merged, and the end of its partials, in the order. */
  private int next;

  private int end;

  /** Takes a key with all its partials. */
  interface Keys {
    void merge(ByteReader key, Partials.Source values) throws IOException;
  }

  /** Takes the bytes of a partial as they would be shuffled. */
  interface Target {
    void accept(ByteReader key, ByteReader value) throws IOException;
  }

  void add(ByteWriter partialKey, ByteWriter partial, long events) {
    if (size + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      values = Arrays.copyOf(values, 2 * values.length);
      prefixes = Arrays.copyOf(prefixes, 2 * prefixes.length);
    }
    prefixes[size] = prefix(partialKey);
    bytes.putBytes(partialKey.bytes(), 0, partialKey.length());
    values[size] = bytes.length();
    bytes.putUnsigned(events).putBytes(partial.bytes(), 0, partial.length());
    starts[++size] = bytes.length();
  }

  long memoryBytes() {
    return bytes.length() + 20L * size;
  }

  /** Hands all keys on in the unsigned order of their bytes, and forgets them. */
  void mergeInto(Keys keys) throws IOException {
    sort();
    for (next = 0; next < size; next = end) {
      end = next + 1;
      while (end < size && compare(order[next], order[end]) == 0) {
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
      value.reset(bytes.bytes(), values[i], starts[i + 1] - values[i]);
      target.accept(key(i), value);
    }
    clear();
  }

  @Override
  public boolean next(ByteReader reader) {
    if (next == end) {
      return false;
    }
    int partial = order[next++];
    reader.reset(bytes.bytes(), values[partial], starts[partial + 1] - values[partial]);
    return true;
  }

  private void clear() {
    bytes.clear();
    size = 0;
  }

  private ByteReader key(int partial) {
    return key.reset(bytes.bytes(), starts[partial], values[partial] - starts[partial]);
  }

  /** Brings the partials into the unsigned order of their keys' bytes. */
  private void sort() {
    if (order.length < size) {
      order = new int[starts.length];
    }
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    LongArrays.radixSortIndirect(order, prefixes, 0, size, false);
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && prefixes[order[to]] == prefixes[order[from]]) {
        to++;
      }
      if (to - from > 1) {
        IntArrays.quickSort(order, from, to, this::compare);
      }
      from = to;
    }
  }

  private int compare(int a, int b) {
    if (prefixes[a] != prefixes[b]) {
      return prefixes[a] < prefixes[b] ? -1 : 1;
    }
    return Arrays.compareUnsigned(
        bytes.bytes(), starts[a], values[a], bytes.bytes(), starts[b], values[b]);
  }

  /** Eight bytes whose signed order is the unsigned order of the key's first bytes. */
  private static long prefix(ByteWriter key) {
    long prefix = 0;
    int length = Math.min(Long.BYTES, key.length());
    for (int i = 0; i < length; i++) {
      prefix |= (key.bytes()[i] & 0xffL) << (56 - 8 * i);
    }
    return prefix ^ Long.MIN_VALUE;
  }
}
