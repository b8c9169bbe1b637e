package org.clickmill.jobs.customers;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Inputs;

/** A day of customer_days, and customer_history of the day before, which sums up all before. */
final class HistoryInputs implements Inputs {
  private final List<String> datasets;
  private final int daysBefore;

  /**
   * @param others datasets of which snapshots or days may be read as well, in other versions than
   *     those that the manifest lists
   * @param daysBefore how far back they may lie
   */
  HistoryInputs(List<String> others, int daysBefore) {
    datasets =
        Stream.concat(Stream.of(CustomerDays.DATASET, CustomerHistory.DATASET), others.stream())
            .toList();
    this.daysBefore = daysBefore;
  }

  @Override
  public List<String> datasets() {
    return datasets;
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    var day = Partition.ofDay(CustomerDays.DATASET, start);
    return firstDay != null && start.isAfter(firstDay)
        ? List.of(day, Partition.ofDay(CustomerHistory.DATASET, start.minusDays(1)))
        : List.of(day);
  }

  @Override
  public int daysBefore() {
    return daysBefore;
  }

  @Override
  public int daysAfter() {
    return 0;
  }
}
