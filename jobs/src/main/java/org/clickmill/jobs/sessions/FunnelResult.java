package org.clickmill.jobs.sessions;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of a funnel as the tables show it.
 *
 * @param step from 1
 * @param stepName its name
 * @param sessions that reached it
 * @param dropOff sessions that reached the step before and not this one; 0 for the first step
 * @param conversionFromPrevious null for the first step, and where none reached the one before
 * @param conversionFromFirst of the sessions that entered the funnel; null where none did
 * @param medianSeconds from the step before to this one; null for the first step, and where no
 *     session reached this one
 * @param p90Seconds as the median
 */
public record FunnelResult(
    int step,
    String stepName,
    long sessions,
    long dropOff,
    Double conversionFromPrevious,
    Double conversionFromFirst,
    Double medianSeconds,
    Double p90Seconds) {
  private static final int MEDIAN = 50;
  private static final int P90 = 90;
  private static final double MILLISECONDS = 1000;

  static List<FunnelResult> of(FunnelDefinition definition, FunnelCounts counts) {
    var results = new ArrayList<FunnelResult>();
    for (int step = 0; step < definition.steps().size(); step++) {
      long sessions = counts.reached(step);
      long previous = step == 0 ? sessions : counts.reached(step - 1);
      var times = counts.timesTo(step);
      long[] sorted = times == null ? new long[0] : times.sorted();
      results.add(
          new FunnelResult(
              step + 1,
              definition.steps().get(step).name(),
              sessions,
              previous - sessions,
              step == 0 ? null : ratio(sessions, previous),
              ratio(sessions, counts.reached(0)),
              times == null ? null : times.quantile(sorted, MEDIAN) / MILLISECONDS,
              times == null ? null : times.quantile(sorted, P90) / MILLISECONDS));
    }
    return List.copyOf(results);
  }

  private static Double ratio(long part, long whole) {
    return whole == 0 ? null : Double.valueOf((double) part / whole);
  }
}
