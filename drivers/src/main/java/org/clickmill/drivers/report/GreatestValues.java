package org.clickmill.drivers.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Values with great sums, in memory for a fixed number of them, whatever comes: the algorithm of
 * Misra and Gries. Whenever there are too many values, the median of their sums is taken off each
 * of them, and those that are left with nothing are forgotten.
 */
final class GreatestValues {
  private final int mostValues;
  private final Map<String, long[]> sums = new HashMap<>();
  private long error;

  GreatestValues(int mostValues) {
    this.mostValues = mostValues;
  }

  /** Adds an amount, not negative, to a value's sum. */
  void add(String value, long amount) {
    sums.computeIfAbsent(value, name -> new long[1])[0] += amount;
    if (sums.size() > mostValues) {
      long[] all = sums.values().stream().mapToLong(sum -> sum[0]).sorted().toArray();
      long median = Math.max(1, all[all.length / 2]);
      error += median;
      sums.values().removeIf(sum -> (sum[0] -= median) <= 0);
    }
  }

  /** Values among which are all whose sum is more than {@link #error}. */
  Set<String> values() {
    return Set.copyOf(sums.keySet());
  }

  /** The greatest sum that a value can have that is not among the values; 0 if all are. */
  long error() {
    return error;
  }
}
