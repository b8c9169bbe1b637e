package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Partition;

/**
 * The same day of several datasets.
 *
 * @param datasets not empty
 */
record DatasetsInputs(List<String> datasets) implements Inputs {
  DatasetsInputs {
    datasets = List.copyOf(datasets);
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    return datasets.stream().map(dataset -> Partition.ofDay(dataset, start)).toList();
  }

  @Override
  public int daysBefore() {
    return 0;
  }

  @Override
  public int daysAfter() {
    return 0;
  }
}
