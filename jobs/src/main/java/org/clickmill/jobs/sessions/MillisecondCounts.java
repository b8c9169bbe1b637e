package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;

/** How often each duration occurred, so that quantiles are exact and counts merge by adding. */
final class MillisecondCounts {
  private final Long2LongOpenHashMap counts = new Long2LongOpenHashMap();
  private long total;

  void add(long milliseconds, long count) {
    counts.addTo(milliseconds, count);
    total += count;
  }

  /** Number of durations. */
  long total() {
    return total;
  }

  /** The different durations, ascending. */
  long[] sorted() {
    long[] sorted = counts.keySet().toLongArray();
    Arrays.sort(sorted);
    return sorted;
  }

  long count(long milliseconds) {
    return counts.get(milliseconds);
  }

  /**
   * The duration of rank ⌈p·n⌉ of all n, in milliseconds.
   *
   * @param sorted from {@link #sorted()}
   * @param percent p, from 1 to 100
   * @throws IllegalStateException if there is none
   */
  long quantile(long[] sorted, int percent) {
    // n·p without overflow: whole hundreds apart from the rest.
    long rank = total / 100 * percent + (total % 100 * percent + 99) / 100;
    long seen = 0;
    for (long milliseconds : sorted) {
      seen += counts.get(milliseconds);
      if (seen >= rank) {
        return milliseconds;
      }
    }
    throw new IllegalStateException("Cannot take a quantile of nothing");
  }

  long memoryBytes() {
    return 24L * counts.size() + 64;
  }
}
