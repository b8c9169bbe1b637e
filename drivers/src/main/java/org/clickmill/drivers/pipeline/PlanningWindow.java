package org.clickmill.drivers.pipeline;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Catalog.Days;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Cadence;

/**
 * The windows of days, around those that are asked for, whose manifests are needed to plan them.
 */
final class PlanningWindow {
  /** No month has more days. */
  private static final int LONGEST_PERIOD = 31;

  private PlanningWindow() {}

  /**
   * How many days back a new day changes a daily table: one for sessions, which may go on after
   * midnight, and for what is made from them.
   */
  static int daysBack(Table table, Collection<Entry> entries) {
    if (table.grain() != Grain.DAY) {
      return 0;
    }
    int back = table.inputs().daysAfter();
    for (var entry : entries) {
      var other = entry.table();
      if (!other.equals(table)
          && other.grain() == Grain.DAY
          && !other.inputs().datasets().contains(table.dataset())
          && table.inputs().datasets().contains(other.dataset())) {
        back = Math.max(back, daysBack(other, entries));
      }
    }
    return back;
  }

  /**
   * The days of each dataset, and of the hours of events, whose manifests are needed to find the
   * days of a range, and to plan some tables over them.
   */
  static SortedMap<String, Days> daysAndHours(
      DayRange range, Collection<Entry> entries, Collection<Entry> suite) {
    var days = days(range, entries, suite);
    add(days, Datasets.EVENTS, range, 0, 0);
    return days;
  }

  /**
   * The days of each dataset whose manifests are needed to plan some tables.
   *
   * @param entries the tables to plan
   * @param suite all tables that are renewed in one go
   */
  static SortedMap<String, Days> days(
      DayRange range, Collection<Entry> entries, Collection<Entry> suite) {
    var days = new TreeMap<String, Days>();
    for (var entry : entries) {
      var table = entry.table();
      int back = daysBack(table, suite);
      boolean isSnapshot = table.cadence() == Cadence.SNAPSHOT;
      add(days, table.dataset(), range, isSnapshot ? Inputs.ALL_DAYS : period(table) + back, 0);
      int before = table.inputs().daysBefore();
      for (var input : table.inputs().datasets()) {
        int from = before == Inputs.ALL_DAYS ? before : Math.max(before, period(table)) + back;
        add(days, input, range, from, table.inputs().daysAfter());
      }
    }
    return days;
  }

  /** A week or month that a day belongs to may have begun before it. */
  private static int period(Table table) {
    return table.grain() == Grain.DAY ? 0 : Math.max(table.inputs().daysBefore(), LONGEST_PERIOD);
  }

  private static void add(
      SortedMap<String, Days> days, String dataset, DayRange range, int before, int after) {
    boolean all = range.from() == null || before == Inputs.ALL_DAYS;
    var wanted =
        new Days(
            all ? null : range.from().minusDays(before),
            range.to() == null ? null : range.to().plusDays(after));
    days.merge(dataset, wanted, PlanningWindow::union);
  }

  private static Days union(Days a, Days b) {
    return new Days(earlier(a.from(), b.from()), later(a.to(), b.to()));
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a == null || b == null ? null : List.of(a, b).stream().min(LocalDate::compareTo).get();
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a == null || b == null ? null : List.of(a, b).stream().max(LocalDate::compareTo).get();
  }
}
