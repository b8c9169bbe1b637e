package org.clickmill.jobs.kernel;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** The period of days that one partition of a table describes. */
public enum Grain {
  DAY,
  /** From Monday on. */
  WEEK,
  MONTH;

  /** The first day of the period that a day belongs to; it names the partition. */
  public LocalDate start(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  /** All days of the period that begins on a day. */
  public List<LocalDate> days(LocalDate start) {
    var end =
        switch (this) {
          case DAY -> start.plusDays(1);
          case WEEK -> start.plusWeeks(1);
          case MONTH -> start.plusMonths(1);
        };
    return start.datesUntil(end).toList();
  }
}
