package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.clickmill.formats.warehouse.Partition;

/** Which partitions a partition of a table is made from. */
public interface Inputs {
  /** For {@link #daysBefore()}: every day that there is. */
  int ALL_DAYS = Integer.MAX_VALUE;

  /** The datasets that they belong to. */
  List<String> datasets();

  /**
   * The inputs of a partition, in the order of its manifest, whether or not they are there.
   *
   * @param start first day of the partition's period
   * @param firstDay the warehouse's first day with events; null if it has none
   */
  List<Partition> of(LocalDate start, LocalDate firstDay);

  /** The inputs without which the partition cannot be computed; by default all that are absent. */
  default List<Partition> missing(List<Partition> inputs, Predicate<Partition> isPresent) {
    return inputs.stream().filter(isPresent.negate()).toList();
  }

  /** How many days before its period the earliest input may lie. */
  int daysBefore();

  /** How many days after the first of its period the latest input may lie. */
  int daysAfter();

  /** The same day of a dataset. */
  static Inputs day(String dataset) {
    return new DayInputs(dataset, 1);
  }

  /** The same day of several datasets. */
  static Inputs day(List<String> datasets) {
    return new DatasetsInputs(datasets);
  }

  /** A number of days that end with a day; before the warehouse's first day is nothing. */
  static Inputs window(String dataset, int days) {
    return new DayInputs(dataset, days);
  }

  /** Every day from the warehouse's first to the partition's. */
  static Inputs allDays(String dataset) {
    return new DayInputs(dataset, ALL_DAYS);
  }

  /** The days of a week or month, of which some may be missing. */
  static Inputs period(String dataset, Grain grain) {
    return grain == Grain.DAY ? day(dataset) : new PeriodInputs(dataset, grain);
  }
}
