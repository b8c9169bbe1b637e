package org.clickmill.drivers.checks;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * How many rows the days of a table have, and so how many another day is expected to have: the mean
 * of the same weekdays before it, at the level of the last two weeks. Days without rows, on which
 * the shop was closed, say nothing of others, unless they are most of a weekday.
 */
final class RowHistory {
  /** The fewest same weekdays from which a day is judged. */
  static final int FEWEST_WEEKS = 4;

  private static final int MOST_WEEKS = 8;
  private static final int DAYS_OF_LEVEL = 14;
  private static final int FEWEST_WEEKS_OF_LEVEL = 2;
  private static final int DAYS_OF_WEEK = 7;

  /** The level of fewer days says more of these days than of a level. */
  private static final int FEWEST_DAYS_OF_LEVEL = 5;

  private final Map<LocalDate, Long> rows;

  RowHistory(Map<LocalDate, Long> rows) {
    this.rows = new HashMap<>(rows);
  }

  /**
   * Reads what is published, days that have expired as well.
   *
   * @param from the first day that is judged
   * @param to the last day that is judged
   */
  static RowHistory read(Warehouse warehouse, String dataset, LocalDate from, LocalDate to)
      throws IOException {
    var rows = new HashMap<LocalDate, Long>();
    var first = from.minusDays(MOST_WEEKS * DAYS_OF_WEEK + DAYS_OF_LEVEL);
    warehouse
        .manifests(dataset, first, to)
        .forEach((where, manifest) -> rows.put(where.day(), manifest.fingerprint().rows()));
    return new RowHistory(rows);
  }

  /** Adds a day, which those after it are compared with. */
  void add(LocalDate day, long count) {
    rows.put(day, count);
  }

  /** How many rows a day should have; empty where too few same weekdays are known. */
  OptionalDouble expected(LocalDate day) {
    var mean = mean(day, FEWEST_WEEKS);
    return mean.isEmpty() ? mean : OptionalDouble.of(mean.getAsDouble() * level(day));
  }

  /** The mean of the same weekdays before a day; 0 where most of them are without rows. */
  private OptionalDouble mean(LocalDate day, int fewest) {
    int days = 0;
    int open = 0;
    long sum = 0;
    for (int week = 1; week <= MOST_WEEKS; week++) {
      var count = rows.get(day.minusWeeks(week));
      if (count != null) {
        days++;
        open += count > 0 ? 1 : 0;
        sum += count;
      }
    }
    if (days < fewest) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(2 * open <= days ? 0 : (double) sum / open);
  }

  /** How the days before a day compare with what was to be expected of them. */
  private double level(LocalDate day) {
    int days = 0;
    double found = 0;
    double expected = 0;
    for (int before = 1; before <= DAYS_OF_LEVEL; before++) {
      var other = day.minusDays(before);
      long count = rows.getOrDefault(other, 0L);
      double mean = count == 0 ? 0 : mean(other, FEWEST_WEEKS_OF_LEVEL).orElse(0);
      if (mean > 0) {
        days++;
        found += count;
        expected += mean;
      }
    }
    return days < FEWEST_DAYS_OF_LEVEL ? 1 : found / expected;
  }
}
