package org.clickmill.jobs.clv;

import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;

/**
 * The last weeks of the data, which the models of the time before them are compared with.
 *
 * @param end the last day of the data
 * @param weeks how many weeks end with it
 */
record Holdout(LocalDate end, int weeks) {
  static final int DAYS_OF_A_WEEK = 7;

  static Holdout of(Configuration configuration, LocalDate end) {
    return new Holdout(end, ClvSettings.HOLDOUT_WEEKS.get(configuration));
  }

  /** The last day of the time that models are fitted to. */
  LocalDate calibrationEnd() {
    return end.minusWeeks(weeks);
  }

  /**
   * The week that a day is in, from 1.
   *
   * @param daysAfter the end of the calibration, at least one
   */
  int week(long daysAfter) {
    return Math.toIntExact((daysAfter - 1) / DAYS_OF_A_WEEK + 1);
  }

  /** The first day of a week. */
  LocalDate firstDay(int week) {
    return calibrationEnd().plusWeeks(week - 1L).plusDays(1);
  }
}
