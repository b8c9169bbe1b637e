package org.clickmill.drivers.pipeline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Table.Cadence;

/**
 * Neighbouring days whose daily tables are published before those of later days are begun.
 *
 * @param days the days
 * @param compacted the days that events_daily is made of: one day ahead of the others, so that the
 *     sessions of the last day are final
 * @param isFirst whether there are none before; a later slice leaves alone what was looked at with
 *     the slice before
 */
record Slice(List<LocalDate> days, List<LocalDate> compacted, boolean isFirst) {
  /** The day after a slice is read with it, and again with the next: not too often. */
  private static final int FEWEST_DAYS = 4;

  /** All days at once. */
  static Slice of(List<LocalDate> days) {
    return new Slice(days, days, true);
  }

  /**
   * Cuts days into slices.
   *
   * @param days in order
   * @param bytes what is read of each day; of those that are not in it, nothing
   * @param most when a slice has more bytes, it ends
   * @return at least one
   */
  static List<Slice> cut(List<LocalDate> days, Map<LocalDate, Long> bytes, long most) {
    var slices = new ArrayList<Slice>();
    int from = 0;
    int compacted = 0;
    long sum = 0;
    for (int i = 0; i < days.size(); i++) {
      sum += bytes.getOrDefault(days.get(i), 0L);
      boolean isLong = i + 1 - from >= FEWEST_DAYS && days.size() - (i + 1) >= FEWEST_DAYS;
      if (isLong && sum >= most) {
        slices.add(new Slice(days.subList(from, i + 1), days.subList(compacted, i + 2), from == 0));
        from = i + 1;
        compacted = i + 2;
        sum = 0;
      }
    }
    slices.add(
        new Slice(
            days.subList(from, days.size()), days.subList(compacted, days.size()), from == 0));
    return slices;
  }

  /**
   * Whether a table is made day by day, and not from what many days before hold, nor from the next
   * day of another table than events_daily, which alone is a day ahead.
   */
  static boolean isSliced(Entry entry) {
    var table = entry.table();
    var inputs = table.inputs();
    return table.grain() == Grain.DAY
        && table.cadence() == Cadence.EVERY_PERIOD
        && inputs.daysBefore() <= 1
        && (inputs.daysAfter() == 0 || inputs.datasets().contains(Datasets.EVENTS_DAILY));
  }

  /** The tables that are made day by day, from others that are. */
  static List<Entry> sliced(List<Entry> entries) {
    var sliced = new ArrayList<Entry>();
    var others = new HashSet<String>();
    for (var level : Suite.levels(entries)) {
      for (var entry : level) {
        boolean waits = entry.table().inputs().datasets().stream().anyMatch(others::contains);
        if (isSliced(entry) && !waits) {
          sliced.add(entry);
        } else {
          others.add(entry.table().dataset());
        }
      }
    }
    return sliced;
  }

  /** The days to renew tables of a level for. */
  List<LocalDate> days(List<Entry> level) {
    boolean isCompact =
        level.stream().anyMatch(entry -> entry.table().dataset().equals(Datasets.EVENTS_DAILY));
    return isCompact ? compacted : days;
  }

  /** Whether a partition is looked at that begins on a day. */
  boolean isLookedAt(LocalDate start) {
    return isFirst || !start.isBefore(days.get(0));
  }
}
