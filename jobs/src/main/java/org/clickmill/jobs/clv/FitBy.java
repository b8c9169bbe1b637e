package org.clickmill.jobs.clv;

import java.time.LocalDate;

/** Which customers share models: all, or those who first bought in the same period. */
public enum FitBy {
  ALL,
  YEAR,
  QUARTER,
  MONTH;

  /** The first day of the period that a day is in. */
  LocalDate start(LocalDate day) {
    return switch (this) {
      case ALL -> LocalDate.EPOCH;
      case YEAR -> day.withDayOfYear(1);
      case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
      case MONTH -> day.withDayOfMonth(1);
    };
  }
}
