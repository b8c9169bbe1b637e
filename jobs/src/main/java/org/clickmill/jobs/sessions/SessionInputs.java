package org.clickmill.jobs.sessions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Inputs;

/**
 * What sessions are made from: the day's events, what was open when the day before ended, and, for
 * the sessions that began on the day, what was open when it ended and the events of the next day.
 * Only the last may be absent: then the sessions that are open are not complete.
 *
 * @param untilNextDay false for the tables of open sessions and of products, which end at midnight
 */
record SessionInputs(boolean untilNextDay) implements Inputs {
  @Override
  public List<String> datasets() {
    return List.of(Datasets.EVENTS_DAILY, Sessions.OPEN_SESSIONS);
  }

  @Override
  public List<Partition> of(LocalDate start, LocalDate firstDay) {
    var inputs = new ArrayList<Partition>();
    inputs.add(Partition.ofDay(Datasets.EVENTS_DAILY, start));
    if (firstDay != null && start.isAfter(firstDay)) {
      inputs.add(Partition.ofDay(Sessions.OPEN_SESSIONS, start.minusDays(1)));
    }
    if (untilNextDay) {
      inputs.add(Partition.ofDay(Sessions.OPEN_SESSIONS, start));
      inputs.add(nextDay(start));
    }
    return inputs;
  }

  @Override
  public List<Partition> missing(List<Partition> inputs, Predicate<Partition> isPresent) {
    var day = inputs.get(0).day();
    return inputs.stream()
        .filter(isPresent.negate())
        .filter(input -> !input.equals(nextDay(day)))
        .toList();
  }

  @Override
  public int daysBefore() {
    return 1;
  }

  @Override
  public int daysAfter() {
    return untilNextDay ? 1 : 0;
  }

  static Partition nextDay(LocalDate day) {
    return Partition.ofDay(Datasets.EVENTS_DAILY, day.plusDays(1));
  }
}
