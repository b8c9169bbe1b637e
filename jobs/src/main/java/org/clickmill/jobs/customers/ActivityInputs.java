package org.clickmill.jobs.customers;

import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Inputs;

/**
 * Every day of customer_days up to one. Snapshots of customers are named as well, since an older
 * one may stand for the days that it was made from; none is an input of its own.
 */
final class ActivityInputs implements Inputs {
  private final Inputs days = Inputs.allDays(CustomerDays.DATASET);

  @Override
  public List<String> datasets() {
    return List.of(CustomerDays.DATASET, Customers.DATASET);
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    return days.of(start, firstDay);
  }

  @Override
  public int daysBefore() {
    return days.daysBefore();
  }

  @Override
  public int daysAfter() {
    return days.daysAfter();
  }
}
