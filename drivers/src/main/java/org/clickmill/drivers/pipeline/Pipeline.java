package org.clickmill.drivers.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.write.EventRows;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.ingest.CompactJob;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.FoldJob.Request;
import org.clickmill.jobs.kernel.Run;

/**
 * Renews what is stale among some tables, level by level, and plans again before each level. The
 * jobs of a level run side by side.
 */
public final class Pipeline {
  /** Weeks and months reach beyond the days asked for, by at most this much. */
  private static final int LONGEST_STRETCH_DAYS = 31;

  private static final int STEPS_AT_ONCE = 4;

  private final Run run;
  private final List<Entry> entries;
  private final boolean recomputeOutdated;

  /**
   * @param entries the tables to renew
   * @param recomputeOutdated whether partitions that an older logic made are renewed too
   */
  public Pipeline(Run run, List<Entry> entries, boolean recomputeOutdated) {
    this.run = run;
    this.entries = entries;
    this.recomputeOutdated = recomputeOutdated;
  }

  /** What {@link #run} would do now. */
  public List<PlannedPartition> plan(DayRange range) throws IOException {
    var planner = planner(catalog(range));
    return planner.plan(entries, planner.days(range));
  }

  /** The days to work on; without a first day, from the oldest that has something stale. */
  private List<LocalDate> days(DayRange range) throws IOException {
    var planner = planner(catalog(range));
    var days = planner.days(range);
    if (range.from() != null) {
      return days;
    }
    var planned = planner.plan(entries, days);
    var oldest =
        starts(planned, State.STALE).stream().min(Comparator.naturalOrder()).orElse(LocalDate.MAX);
    if (oldest.equals(LocalDate.MAX)) {
      // A day that lacks hours is nobody's concern while nothing waits for it.
      var notReady = starts(planned, State.NOT_READY);
      return days.stream().filter(day -> !notReady.contains(day)).toList();
    }
    return days.stream().filter(day -> !day.isBefore(oldest)).toList();
  }

  private static Set<LocalDate> starts(List<PlannedPartition> planned, State state) {
    return planned.stream()
        .filter(partition -> partition.state() == state)
        .map(PlannedPartition::start)
        .collect(Collectors.toSet());
  }

  /** Renews every stale partition of the days. */
  public PipelineReport run(DayRange range) throws IOException {
    var days = days(range);
    var steps = new ArrayList<StepReport>();
    var notReady = new ArrayList<String>();
    var outdated = new ArrayList<String>();
    for (var level : Suite.levels(entries)) {
      var catalog = catalog(range);
      var planned = planner(catalog).plan(level, days);
      planned.stream()
          .filter(partition -> partition.state() == State.NOT_READY)
          .forEach(partition -> notReady.add(partition.partition() + ": " + partition.reason()));
      planned.stream()
          .filter(partition -> partition.state() == State.OUTDATED)
          .forEach(partition -> outdated.add(partition.partition() + ": " + partition.reason()));
      // The steps of a level do not depend on each other.
      steps.addAll(
          Parallel.map(
              List.copyOf(steps(planned).values()), STEPS_AT_ONCE, step -> runStep(step, catalog)));
    }
    return new PipelineReport(
        run.id(),
        run.warehouse().root().toString(),
        days.isEmpty() ? null : days.get(0),
        days.isEmpty() ? null : days.get(days.size() - 1),
        steps,
        notReady,
        outdated);
  }

  private Catalog catalog(DayRange range) throws IOException {
    var from = range.from() == null ? null : range.from().minusDays(LONGEST_STRETCH_DAYS);
    var to = range.to() == null ? null : range.to().plusDays(LONGEST_STRETCH_DAYS);
    return Catalog.read(run.warehouse(), Suite.datasets(entries), from, to);
  }

  private Planner planner(Catalog catalog) {
    return new Planner(catalog, run.configuration(), recomputeOutdated);
  }

  /** The scans of a level: tables of one input and one grain are written in one. */
  private static Map<String, List<PlannedPartition>> steps(List<PlannedPartition> planned) {
    return planned.stream()
        .collect(
            Collectors.groupingBy(
                partition -> stepName(partition.entry()), LinkedHashMap::new, Collectors.toList()));
  }

  private static String stepName(Entry entry) {
    if (entry.analysis() == null) {
      return Suite.COMPACT;
    }
    if (!entry.table().input().equals(CompactJob.table().dataset())) {
      return entry.command();
    }
    return switch (entry.table().grain()) {
      case DAY -> "analyze";
      case WEEK -> "analyze-weeks";
      case MONTH -> "analyze-months";
    };
  }

  private StepReport runStep(List<PlannedPartition> planned, Catalog catalog) throws IOException {
    long begin = System.nanoTime();
    var name = stepName(planned.get(0).entry());
    Predicate<PlannedPartition> isStale = partition -> partition.state() == State.STALE;
    var stale = planned.stream().filter(isStale).toList();
    long fresh = planned.stream().filter(partition -> partition.state() == State.FRESH).count();
    if (stale.isEmpty()) {
      return new StepReport(name, 0, 0, fresh, 0, 0, 0, 0, "");
    }
    var step = run.step(name);
    var work = work(step, name, stale, catalog);
    var published = new Publisher(run.warehouse(), step.id()).publishAll(work.partitions());
    run.warehouse().discardStaging(step.id());
    return new StepReport(
        name,
        published.size(),
        published.stream().filter(Pipeline::isChanged).count(),
        fresh,
        work.recordsIn(),
        work.recordsOut(),
        0,
        (System.nanoTime() - begin) / 1e9,
        work.note());
  }

  private record Work(
      List<StagedPartition> partitions, long recordsIn, long recordsOut, String note) {}

  private Work work(Run step, String name, List<PlannedPartition> stale, Catalog catalog)
      throws IOException {
    try {
      return stale.get(0).entry().analysis() == null
          ? compact(step, stale, catalog)
          : fold(step, name, stale, catalog);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while " + name + " was running");
    }
  }

  private Work compact(Run step, List<PlannedPartition> stale, Catalog catalog)
      throws IOException, InterruptedException {
    var days = stale.stream().map(PlannedPartition::start).toList();
    var outcome = new CompactJob(step, catalog).run(days);
    var note = outcome.duplicates() == 0 ? "" : outcome.duplicates() + " duplicates dropped";
    return new Work(outcome.partitions(), outcome.read(), outcome.written(), note);
  }

  private Work fold(Run step, String name, List<PlannedPartition> stale, Catalog catalog)
      throws IOException, InterruptedException {
    var requests =
        stale.stream()
            .map(
                partition ->
                    new Request(
                        partition.entry().analysis(), partition.entry().table(), partition.start()))
            .toList();
    var input = stale.get(0).entry().table().input();
    var outcome = new FoldJob(step, catalog, schemaOf(input)).run(name, requests);
    var tables = new TreeSet<String>();
    requests.forEach(request -> tables.add(request.table().dataset()));
    return new Work(
        outcome.partitions(), outcome.rowsRead(), outcome.rowsWritten(), String.join(", ", tables));
  }

  private static TableSchema schemaOf(String dataset) {
    if (dataset.equals(CompactJob.table().dataset())) {
      return EventRows.SCHEMA;
    }
    return Suite.analyses().stream()
        .flatMap(analysis -> analysis.tables().stream())
        .filter(table -> table.dataset().equals(dataset))
        .findFirst()
        .orElseThrow()
        .schema();
  }

  private static boolean isChanged(Publication publication) {
    return publication.outcome() == Outcome.PUBLISHED;
  }
}
