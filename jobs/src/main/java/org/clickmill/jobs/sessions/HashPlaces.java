package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteWriter;

/** Distinct 128-bit hashes of one session, each with a place, from 0 on as they are added. */
final class HashPlaces {
  /** The place of a hash that is not there. */
  static final int NONE = -1;

  /** What most sessions have at most. */
  static final int FEW = 8;

  private long[] highs = new long[FEW];
  private long[] lows = new long[FEW];

  /** An open-addressing table of places plus one; 0 where there is none. */
  private int[] slots = new int[2 * FEW];

  private int size;

  int size() {
    return size;
  }

  /** The place of a hash, or {@link #NONE}. */
  int of(HashValue128 hash) {
    return slots[slot(hash.getMostSignificantBits(), hash.getLeastSignificantBits())] - 1;
  }

  /** The place of a hash, a new one if it has none yet. */
  int add(HashValue128 hash) {
    return add(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  int add(long high, long low) {
    int slot = slot(high, low);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == highs.length) {
      grow();
      slot = slot(high, low);
    }
    highs[size] = high;
    lows[size] = low;
    slots[slot] = ++size;
    return size - 1;
  }

  /** Forgets all; the memory of many is given back. */
  void clear() {
    if (size > FEW) {
      highs = new long[FEW];
      lows = new long[FEW];
      slots = new int[2 * FEW];
    } else if (size > 0) {
      Arrays.fill(slots, 0);
    }
    size = 0;
  }

  /** The places in the order of their hashes, which does not show when each was added. */
  int[] sorted() {
    var places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = i;
    }
    IntArrays.quickSort(places, this::compare);
    return places;
  }

  /** Writes the hash of a place, as two fixed numbers. */
  void put(int place, ByteWriter target) {
    target.putFixed(highs[place]).putFixed(lows[place]);
  }

  private int compare(int place, int other) {
    int order = Long.compare(highs[place], highs[other]);
    return order != 0 ? order : Long.compare(lows[place], lows[other]);
  }

  private void grow() {
    highs = Arrays.copyOf(highs, 2 * size);
    lows = Arrays.copyOf(lows, 2 * size);
    slots = new int[2 * slots.length];
    for (int place = 0; place < size; place++) {
      slots[slot(highs[place], lows[place])] = place + 1;
    }
  }

  /** Where a hash is, or the free slot where it belongs. */
  private int slot(long high, long low) {
    int mask = slots.length - 1;
    int slot = (int) low & mask;
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, high, low)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int place, long high, long low) {
    return highs[place] == high && lows[place] == low;
  }
}
