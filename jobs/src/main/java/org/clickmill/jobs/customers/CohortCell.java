package org.clickmill.jobs.customers;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoField;

/**
 * A cohort in a month.
 *
 * @param cohort the month that its customers first bought in, counted from the year 0
 * @param monthsSince whole months after that, not negative
 */
record CohortCell(long cohort, long monthsSince) {
  static long month(long epochDay) {
    return LocalDate.ofEpochDay(epochDay).getLong(ChronoField.PROLEPTIC_MONTH);
  }

  /** The first day of a month, since the epoch. */
  static long firstDay(long month) {
    return yearMonth(month).atDay(1).toEpochDay();
  }

  /** The last day of a month, since the epoch. */
  static long lastDay(long month) {
    return yearMonth(month).atEndOfMonth().toEpochDay();
  }

  private static YearMonth yearMonth(long month) {
    int year = Math.toIntExact(Math.floorDiv(month, 12L));
    return YearMonth.of(year, (int) Math.floorMod(month, 12L) + 1);
  }
}
