package org.clickmill.drivers.checks;

/**
 * What a rule found of a partition.
 *
 * @param verdict whether the partition is as it should be
 * @param measured what was measured; null where nothing could be
 * @param least the least that it may be; null for no bound
 * @param most the most that it may be; null for no bound
 * @param text what was found, as a clause
 */
record Finding(Verdict verdict, Double measured, Double least, Double most, String text) {
  /** Whether a partition is as it should be. */
  enum Verdict {
    PASSED,
    FAILED,
    /** There is too little to compare it with. */
    NOT_JUDGED
  }

  static Finding notJudged(String text) {
    return new Finding(Verdict.NOT_JUDGED, null, null, null, text);
  }

  static Finding of(boolean isPassed, Double measured, Double least, Double most, String text) {
    return new Finding(isPassed ? Verdict.PASSED : Verdict.FAILED, measured, least, most, text);
  }

  boolean isFailed() {
    return verdict == Verdict.FAILED;
  }
}
