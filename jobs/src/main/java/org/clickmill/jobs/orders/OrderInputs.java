package org.clickmill.jobs.orders;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Inputs;

/**
 * What the orders that begin on a day are made from: their lines of the day and of the next, which
 * alone may be absent, and the orders that began the day before, which begin no more.
 */
record OrderInputs() implements Inputs {
  @Override
  public List<String> datasets() {
    return List.of(OrderDays.DATASET, OrderStarts.DATASET);
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    var inputs = new ArrayList<Partition>();
    inputs.add(lines(start));
    if (firstDay != null && start.isAfter(firstDay)) {
      inputs.add(starts(start.minusDays(1)));
    }
    inputs.add(lines(start.plusDays(1)));
    return inputs;
  }

  @Override
  public List<Partition> missing(List<Partition> inputs, Predicate<Partition> isPresent) {
    var nextDay = lines(inputs.get(0).day().plusDays(1));
    return inputs.stream()
        .filter(isPresent.negate())
        .filter(input -> !input.equals(nextDay))
        .toList();
  }

  @Override
  public int daysBefore() {
    return 1;
  }

  @Override
  public int daysAfter() {
    return 1;
  }

  static Partition lines(LocalDate day) {
    return Partition.ofDay(OrderDays.DATASET, day);
  }

  static Partition starts(LocalDate day) {
    return Partition.ofDay(OrderStarts.DATASET, day);
  }
}
