package org.clickmill.jobs.sessions;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.DayRun;
import org.clickmill.jobs.kernel.OutputPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;

/**
 * Decides which days of events a scan of sessions reads. Consecutive days are a segment, which is
 * one output partition: a visitor's events of all its days meet, and what was open before its first
 * day with them. Sessions of a day that is in no segment are finished: the published rows stay as
 * they are, but for those of sessions that were open at the day's end.
 */
final class SessionOutputs {
  private final Catalog catalog;
  private final Configuration configuration;
  private final Set<Partition> requested = new HashSet<>();

  SessionOutputs(Catalog catalog, Configuration configuration) {
    this.catalog = catalog;
    this.configuration = configuration;
  }

  List<OutputPartition> outputPartitions(Table sessions, Collection<Request> requests) {
    requests.forEach(request -> requested.add(request.partition()));
    var days = new HashSet<LocalDate>();
    for (var request : requests) {
      boolean isFinished = canBeFinished(request);
      if (!isFinished) {
        days.add(request.start());
      }
      if (hasNextDay(request)) {
        days.add(request.start().plusDays(1));
      }
    }
    return DayRun.of(days).stream()
        .map(
            run ->
                new OutputPartition(
                    sessions, run.first(), reads(run.first(), run.last(), requests)))
        .toList();
  }

  private Set<Partition> reads(LocalDate start, LocalDate end, Collection<Request> requests) {
    var reads = new HashSet<Partition>();
    start
        .datesUntil(end.plusDays(1))
        .forEach(day -> reads.add(Partition.ofDay(Datasets.EVENTS_DAILY, day)));
    var dayBefore = start.minusDays(1);
    var open = Partition.ofDay(Sessions.OPEN_SESSIONS, dayBefore);
    boolean isInput = catalog.firstDay() != null && start.isAfter(catalog.firstDay());
    if (isInput && catalog.manifest(open).isPresent()) {
      reads.add(open);
    }
    requests.stream()
        .filter(request -> request.start().equals(dayBefore) && hasNextDay(request))
        .forEach(request -> reads.add(request.partition()));
    return reads;
  }

  private boolean hasNextDay(Request request) {
    return request.table().inputs().daysAfter() > 0
        && catalog.manifest(SessionInputs.nextDay(request.start())).isPresent();
  }

  /** Whether nothing but the events of the next day is new. */
  private boolean canBeFinished(Request request) {
    var published = catalog.manifest(request.partition());
    if (!hasNextDay(request) || published.isEmpty()) {
      return false;
    }
    var table = request.table();
    var manifest = published.get();
    if (manifest.logicVersion() != table.logicVersion()
        || !manifest.settings().equals(table.settings(configuration))) {
      return false;
    }
    var partitions = table.inputs().of(request.start(), catalog.firstDay());
    var now = new HashSet<>(catalog.inputs(partitions));
    var then = new HashSet<>(manifest.inputs());
    var nextDay = SessionInputs.nextDay(request.start());
    boolean isChanged = now.removeIf(input -> isOf(input, nextDay) && !then.contains(input));
    then.removeIf(input -> isOf(input, nextDay));
    return isChanged && now.equals(then) && partitions.stream().noneMatch(requested::contains);
  }

  private static boolean isOf(Input input, Partition partition) {
    return input.where().equals(partition);
  }
}
