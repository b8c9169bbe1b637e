package org.clickmill.drivers.report;

/** Adds sessions up. Takes the same memory for any number of them. */
final class SessionCounter {
  /** Sessions are cut at 24 hours, so that whole seconds can be counted. */
  private static final int LONGEST = 24 * 60 * 60;

  private final long[] byDuration = new long[LONGEST + 1];
  private long sessions;
  private long open;
  private long bounces;
  private long buying;
  private long seconds;

  /**
   * Counts a session.
   *
   * @param duration in seconds; more than 24 hours count as 24 hours in the median
   */
  void add(long duration, boolean isBounce, boolean isComplete, boolean isBuying) {
    sessions++;
    open += isComplete ? 0 : 1;
    bounces += isBounce ? 1 : 0;
    buying += isBuying ? 1 : 0;
    seconds += duration;
    byDuration[(int) Math.max(0, Math.min(duration, LONGEST))]++;
  }

  /** Counts all that another has counted. */
  void add(SessionCounter other) {
    sessions += other.sessions;
    open += other.open;
    bounces += other.bounces;
    buying += other.buying;
    seconds += other.seconds;
    for (int i = 0; i <= LONGEST; i++) {
      byDuration[i] += other.byDuration[i];
    }
  }

  Sessions.Figures figures() {
    return new Sessions.Figures(
        sessions, open, bounces, buying, Ratio.of(seconds, sessions), median());
  }

  private Double median() {
    if (sessions == 0) {
      return null;
    }
    return (duration((sessions - 1) / 2) + duration(sessions / 2)) / 2.0;
  }

  /** The duration that a given number of sessions come before. */
  private int duration(long rank) {
    long before = 0;
    for (int i = 0; i < LONGEST; i++) {
      before += byDuration[i];
      if (before > rank) {
        return i;
      }
    }
    return LONGEST;
  }
}
