package org.clickmill.jobs.clv;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores from 1 to 5: 1 + ⌊5 · customers strictly worse / customers⌋. The thresholds are found in
 * one pass over values in ascending order, worst first, and nothing but them is kept.
 *
 * @param thresholds at i the smallest value with at least the score i + 2; shorter where the higher
 *     scores are nobody's
 */
record Quintiles(List<Long> thresholds) {
  static final int SCORES = 5;

  Quintiles {
    thresholds = List.copyOf(thresholds);
  }

  /** The score of a value that was among those that the thresholds were found in. */
  int score(long value) {
    int score = 1;
    while (score <= thresholds.size() && value >= thresholds.get(score - 1)) {
      score++;
    }
    return score;
  }

  /** Finds the thresholds. */
  static final class Finder {
    private final long customers;
    private final List<Long> thresholds = new ArrayList<>();
    private long worse;
    private long last;

    /** For a known number of customers in all. */
    Finder(long customers) {
      this.customers = customers;
    }

    /** Adds the customers with the next larger value; a larger value is better. */
    void add(long value, long count) {
      if (count < 1 || count > customers - worse || (worse > 0 && value <= last)) {
        throw new IllegalArgumentException(
            count + " customers of value " + value + " after " + worse + " up to value " + last);
      }
      last = value;
      long scoresBelow = Math.multiplyExact(worse, SCORES) / customers;
      while (thresholds.size() < scoresBelow) {
        thresholds.add(value);
      }
      worse += count;
    }

    /** To be called when all customers were added. */
    Quintiles find() {
      if (worse != customers) {
        throw new IllegalStateException(worse + " of " + customers + " customers were added");
      }
      return new Quintiles(thresholds);
    }
  }
}
