package org.clickmill.jobs.clv;

/**
 * Scores from 1 to 5: 1 + ⌊5 · customers strictly worse / customers⌋. The thresholds are found in
 * one pass over values in ascending order, worst first, and nothing but them is kept.
 */
final class Quintiles {
  static final int SCORES = 5;

  private final long customers;

  /** At i the smallest value with at least the score i + 2, where that score is reached. */
  private final long[] thresholds = new long[SCORES - 1];

  private int reached = 1;
  private long worse;
  private long last;

  /** For a known number of customers in all. */
  Quintiles(long customers) {
    this.customers = customers;
  }

  /** Adds the customers with the next larger value; a larger value is better. */
  void add(long value, long count) {
    if (count < 1 || count > customers - worse || (worse > 0 && value <= last)) {
      throw new IllegalArgumentException(
          count + " customers of value " + value + " after " + worse + " up to value " + last);
    }
    last = value;
    int score = 1 + (int) (Math.multiplyExact(worse, SCORES) / customers);
    while (reached < score) {
      thresholds[reached - 1] = value;
      reached++;
    }
    worse += count;
  }

  /** The score of a value that was added. */
  int score(long value) {
    int score = reached;
    while (score > 1 && value < thresholds[score - 2]) {
      score--;
    }
    return score;
  }
}
