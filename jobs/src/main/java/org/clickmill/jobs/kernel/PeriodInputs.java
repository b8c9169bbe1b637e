package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.clickmill.formats.warehouse.Partition;

/** The days of a week or month of a dataset; some of them are enough. */
record PeriodInputs(String dataset, Grain grain) implements Inputs {
  private static final int LONGEST = 31;

  @Override
  public List<String> datasets() {
    return List.of(dataset);
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    return grain.days(start).stream().map(day -> Partition.ofDay(dataset, day)).toList();
  }

  @Override
  public List<Partition> missing(List<Partition> inputs, Predicate<Partition> isPresent) {
    return inputs.stream().anyMatch(isPresent) ? List.of() : inputs;
  }

  @Override
  public int daysBefore() {
    return LONGEST;
  }

  @Override
  public int daysAfter() {
    return LONGEST;
  }
}
