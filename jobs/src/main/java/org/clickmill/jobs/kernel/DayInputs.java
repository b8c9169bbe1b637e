package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Partition;

/**
 * A day of a dataset and the days before it.
 *
 * @param days how many days in all, {@link Inputs#ALL_DAYS} for every day since the first
 */
record DayInputs(String dataset, int days) implements Inputs {
  @Override
  public List<String> datasets() {
    return List.of(dataset);
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    var first = days == ALL_DAYS ? firstDay : start.minusDays(days - 1L);
    if (days > 1 && firstDay != null && first.isBefore(firstDay)) {
      first = firstDay;
    }
    if (first == null || first.isAfter(start)) {
      first = start;
    }
    return first.datesUntil(start.plusDays(1)).map(day -> Partition.ofDay(dataset, day)).toList();
  }

  @Override
  public int daysBefore() {
    return days == ALL_DAYS ? ALL_DAYS : days - 1;
  }

  @Override
  public int daysAfter() {
    return 0;
  }
}
