package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Days in a row, the first and the last included. */
public record DayRun(LocalDate first, LocalDate last) {
  /** The longest runs of some days, in order. */
  public static List<DayRun> of(Collection<LocalDate> days) {
    var sorted = new TreeSet<>(days);
    var runs = new ArrayList<DayRun>();
    LocalDate first = null;
    for (var day : sorted) {
      first = first == null ? day : first;
      if (!sorted.contains(day.plusDays(1))) {
        runs.add(new DayRun(first, day));
        first = null;
      }
    }
    return runs;
  }
}
