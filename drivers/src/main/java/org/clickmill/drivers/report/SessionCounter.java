package org.clickmill.drivers.report;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Adds a day's sessions up. Takes little memory for any number of them. */
final class SessionCounter {
  /** Sessions are cut at 24 hours, so that whole seconds can be counted. */
  private static final int LONGEST = 24 * 60 * 60;

  /** Sessions by duration, as far as durations have come. */
  private int[] byDuration = new int[64];

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
    int place = (int) Math.max(0, Math.min(duration, LONGEST));
    if (place >= byDuration.length) {
      byDuration = Arrays.copyOf(byDuration, Math.min(LONGEST + 1, 2 * place));
    }
    byDuration[place]++;
  }

  List<Object> row(LocalDate day) {
    return ReportTable.row(day, sessions, open, bounces, buying, seconds, median());
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
    for (int i = 0; i < byDuration.length; i++) {
      before += byDuration[i];
      if (before > rank) {
        return i;
      }
    }
    return LONGEST;
  }
}
