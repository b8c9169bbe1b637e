package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.util.Arrays;

/**
 * The event_ids of keys in memory, as 128-bit hashes. Of the events with the same one all but the
 * first in content order are dropped.
 */
final class RepeatedIds {
  private static final int INITIAL_IDS = 1 << 10;
  private static final long PLACE = 0xffff_ffffL;

  private long[] highs = new long[0];
  private long[] lows = new long[0];
  private int[] places = new int[0];
  private int size;

  /** Forgets all ids, and gives their memory back: the next keys may have none. */
  void clear() {
    highs = new long[0];
    lows = new long[0];
    places = new int[0];
    size = 0;
  }

  /** Takes the id of a key, which is known by its place. */
  void add(HashValue128 hash, int place) {
    if (size == places.length) {
      int capacity = Math.max(INITIAL_IDS, size + (size >> 1));
      highs = Arrays.copyOf(highs, capacity);
      lows = Arrays.copyOf(lows, capacity);
      places = Arrays.copyOf(places, capacity);
    }
    highs[size] = hash.getMostSignificantBits();
    lows[size] = hash.getLeastSignificantBits();
    places[size] = place;
    size++;
  }

  /** Bytes that an id takes, its place in the order included. */
  static int bytesAnId() {
    return 3 * Long.BYTES + Integer.BYTES;
  }

  /** Drops the keys whose ids are repeated. */
  void drop(KeySorter sorter) {
    var order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = highs[i] & ~PLACE | i;
    }
    Arrays.sort(order);
    for (int from = 0, to; from < size; from = to) {
      to = from + 1;
      while (to < size && (order[to] & ~PLACE) == (order[from] & ~PLACE)) {
        to++;
      }
      drop(sorter, order, from, to);
    }
  }

  /** Among ids that are equal in the upper bits; mostly there is one. */
  private void drop(KeySorter sorter, long[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      int first = (int) order[i];
      if (first < 0) {
        continue;
      }
      for (int j = i + 1; j < to; j++) {
        int other = (int) order[j];
        if (other < 0 || highs[first] != highs[other] || lows[first] != lows[other]) {
          continue;
        }
        // Seen with the one before it, so it is not looked at again.
        order[j] = -1;
        if (sorter.compareEvents(places[first], places[other]) <= 0) {
          sorter.drop(places[other]);
        } else {
          sorter.drop(places[first]);
          first = other;
        }
      }
    }
  }
}
