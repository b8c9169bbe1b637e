package org.clickmill.formats.parquet;

import java.util.Arrays;

/** The different numbers of a column, with ids in the order in which they came. */
final class LongDictionary {
  private static final int INITIAL_ENTRIES = 32;

  private final int limit;
  private long[] entries = new long[INITIAL_ENTRIES];
  private int size;

  /** Ids and one, 0 where there is none; at least half empty, and a power of two. */
  private int[] table = new int[2 * INITIAL_ENTRIES];

  /** A dictionary of a limited number of entries. */
  LongDictionary(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  /** The entries by id. */
  long[] entries() {
    return entries;
  }

  void clear() {
    Arrays.fill(table, 0);
    size = 0;
  }

  /**
   * Looks up the ids of numbers; new ones are added.
   *
   * @return false if there are too many different ones, and then the ids are of no use
   */
  boolean lookUp(long[] numbers, int count, int[] ids) {
    int i = 0;
    while (i < count) {
      i = lookUpKnown(numbers, i, count, ids);
      if (i < count) {
        if (size == limit) {
          return false;
        }
        add(numbers[i]);
      }
    }
    return true;
  }

  /** Looks up ids until a number is not known, and returns where it stands. */
  private int lookUpKnown(long[] numbers, int from, int to, int[] ids) {
    int[] slots = table;
    long[] known = entries;
    int mask = slots.length - 1;
    int shift = Long.numberOfLeadingZeros(mask);
    for (int i = from; i < to; i++) {
      long number = numbers[i];
      int slot = slot(number, shift);
      int entry = slots[slot];
      while (entry != 0 && known[entry - 1] != number) {
        slot = slot + 1 & mask;
        entry = slots[slot];
      }
      if (entry == 0) {
        return i;
      }
      ids[i] = entry - 1;
    }
    return to;
  }

  private void add(long number) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      table = new int[4 * size];
      for (int id = 0; id < size; id++) {
        table[freeSlot(entries[id])] = id + 1;
      }
    }
    entries[size] = number;
    table[freeSlot(number)] = size + 1;
    size++;
  }

  private int freeSlot(long number) {
    int mask = table.length - 1;
    int slot = slot(number, Long.numberOfLeadingZeros(mask));
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int slot(long number, int shift) {
    return (int) (number * 0x9e3779b97f4a7c15L >>> shift);
  }
}
