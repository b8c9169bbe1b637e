package org.clickmill.jobs.clv;

import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Inputs;

/**
 * Every day of customer_days up to one. Snapshots of customers are named as well, since an older
 * one may stand for the days that it was made from; none is an input of its own.
 */
final class CalibrationInputs implements Inputs {
  private final Inputs days = Inputs.allDays(Clv.CUSTOMER_DAYS);

  @Override
  public List<String> datasets() {
    return List.of(Clv.CUSTOMER_DAYS, Clv.CUSTOMERS);
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
