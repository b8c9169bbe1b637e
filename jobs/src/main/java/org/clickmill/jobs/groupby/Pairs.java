package org.clickmill.jobs.groupby;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;

/** Numbers the pairs of two numbers that turn up, from 0 on. */
final class Pairs {
  private static final int NEW = -1;

  private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
  private long[] pairs = new long[64];
  private int size;

  Pairs() {
    numbers.defaultReturnValue(NEW);
  }

  int size() {
    return size;
  }

  int first(int number) {
    return (int) (pairs[number] >>> 32);
  }

  int second(int number) {
    return (int) pairs[number];
  }

  /** Replaces the first number of each selected row by that of its pair. */
  void number(Selection rows, int[] firsts, int[] seconds) {
    var selected = rows.rows();
    for (int i = 0; i < rows.size(); i++) {
      int row = selected[i];
      firsts[row] = number(((long) firsts[row] << 32) | seconds[row]);
    }
  }

  private int number(long pair) {
    int number = numbers.putIfAbsent(pair, size);
    if (number != NEW) {
      return number;
    }
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size);
    }
    pairs[size] = pair;
    return size++;
  }

  long memoryBytes() {
    return (long) Long.BYTES * pairs.length + 24L * numbers.size();
  }

  void clear() {
    numbers.clear();
    if (pairs.length > Measure.KEPT_GROUPS) {
      numbers.trim();
      pairs = new long[64];
    }
    size = 0;
  }
}
