package org.clickmill.drivers.pipeline;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Catalog.Days;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Table.Cadence;

/**
 * Renews what is stale among some tables, level by level, and plans again before each level. The
 * jobs of a level run side by side.
 */
public final class Pipeline {
  /** On one machine each step has all slots already; a second one fills its pauses. */
  private static final int STEPS_AT_ONCE = 2;

  private final Run run;
  private final List<Entry> entries;
  private final PlanOptions options;
  private final StepObserver observer;
  private final PublishGate gate;

  /**
   * What a run works on.
   *
   * @param days the days, in order
   * @param catalog what was just read to find them, so that it need not be read again for the first
   *     level; null if they were named
   */
  private record Work(List<LocalDate> days, Catalog catalog) {}

  /**
   * @param entries the tables to renew
   */
  public Pipeline(Run run, List<Entry> entries, PlanOptions options) {
    this(run, entries, options, StepObserver.NONE, PublishGate.OPEN);
  }

  /**
   * @param entries the tables to renew
   * @param observer is told of the steps
   * @param gate judges what is computed before it is published
   */
  public Pipeline(
      Run run, List<Entry> entries, PlanOptions options, StepObserver observer, PublishGate gate) {
    this.run = run;
    this.entries = entries;
    this.options = options;
    this.observer = observer;
    this.gate = gate;
  }

  /** What {@link #run} would do now. */
  public List<PlannedPartition> plan(DayRange range) throws IOException {
    var catalog = wholeCatalog(range);
    return planner(catalog).plan(entries, days(range, catalog));
  }

  /** How every partition of the days stands, those too that {@link #run} would not look at. */
  public List<PlannedPartition> status(DayRange range) throws IOException {
    // Without a last day: a later snapshot may hold the days.
    var planner = planner(wholeCatalog(new DayRange(range.from(), null)));
    return planner.plan(entries, planner.days(range));
  }

  /** The days to work on; without a first day, from the oldest that has something stale. */
  private Work work(DayRange range) throws IOException {
    if (range.from() != null && range.to() != null) {
      return new Work(range.from().datesUntil(range.to().plusDays(1)).toList(), null);
    }
    var catalog = wholeCatalog(range);
    return new Work(days(range, catalog), catalog);
  }

  private List<LocalDate> days(DayRange range, Catalog catalog) {
    var planner = planner(catalog);
    var days = planner.days(range);
    if (range.from() != null) {
      return days;
    }
    var planned = planner.plan(entries, days);
    var oldest = starts(planned, State.STALE).stream().min(Comparator.naturalOrder());
    if (oldest.isPresent()) {
      return days.stream().filter(day -> !day.isBefore(oldest.get())).toList();
    }
    var notReady = starts(planned, State.NOT_READY);
    var compacted = catalog.manifests(Datasets.EVENTS_DAILY).keySet();
    boolean somethingWaits =
        compacted.stream().anyMatch(partition -> notReady.contains(partition.day()));
    // A day that lacks hours is nobody's concern while nothing waits for it.
    return somethingWaits ? days : days.stream().filter(day -> !notReady.contains(day)).toList();
  }

  private static Set<LocalDate> starts(List<PlannedPartition> planned, State state) {
    return planned.stream()
        .filter(partition -> partition.state() == state)
        .map(PlannedPartition::start)
        .collect(Collectors.toSet());
  }

  /**
   * Renews every stale partition of the days. Many days are a row of slices: the tables that are
   * made day by day are published for a slice before the next begins, so that a run that ends early
   * has not run for nothing; windows, snapshots, weeks and months come after the last slice.
   */
  public PipelineReport run(DayRange range) throws IOException {
    var work = work(range);
    var days = work.days();
    var first = Suite.levels(entries).stream().findFirst().orElse(List.of());
    var catalog = work.catalog() != null ? work.catalog() : levelCatalog(first, days);
    var slices = Slice.cut(days, bytes(first, days, catalog), sliceBytes());
    var result = new Result();
    if (slices.size() == 1) {
      runLevels(entries, slices.get(0), catalog, result);
    } else {
      var sliced = Slice.sliced(entries);
      for (var slice : slices) {
        runLevels(sliced, slice, null, result);
      }
      var others = entries.stream().filter(entry -> !sliced.contains(entry)).toList();
      runLevels(others, Slice.of(days), null, result);
    }
    return new PipelineReport(
        run.id(),
        run.warehouse().root().toString(),
        days.isEmpty() ? null : days.get(0),
        days.isEmpty() ? null : days.get(days.size() - 1),
        List.copyOf(result.steps.values()),
        result.notReady,
        result.outdated);
  }

  /** What was done, and what was not. */
  private static final class Result {
    private final Map<String, StepReport> steps = new LinkedHashMap<>();
    private final List<String> notReady = new ArrayList<>();
    private final List<String> outdated = new ArrayList<>();

    /** Stale still, but not to be computed again; steps run beside each other. */
    private final Set<Partition> refused = ConcurrentHashMap.newKeySet();
  }

  /** The bytes that daily tables of the first level are made from, by day. */
  private Map<LocalDate, Long> bytes(List<Entry> first, List<LocalDate> days, Catalog catalog) {
    var daily = first.stream().filter(Slice::isSliced).toList();
    return planner(catalog).plan(daily, days).stream()
        .collect(
            Collectors.toMap(
                PlannedPartition::start, PlannedPartition::inputBytes, (a, b) -> Math.min(a, b)));
  }

  private long sliceBytes() {
    return PipelineSettings.SLICE_MB.get(run.configuration()) * (1L << 20);
  }

  private void runLevels(List<Entry> some, Slice slice, Catalog known, Result result)
      throws IOException {
    var catalog = known;
    for (var level : Suite.levels(some)) {
      var planned = runLevel(level, slice, catalog, result);
      catalog = null;
      describe(planned, State.NOT_READY, result.notReady);
      describe(planned, State.OUTDATED, result.outdated);
    }
  }

  private static void describe(List<PlannedPartition> planned, State state, List<String> target) {
    planned.stream()
        .filter(partition -> partition.state() == state)
        .forEach(partition -> target.add(partition.partition() + ": " + partition.reason()));
  }

  /**
   * Renews the tables of a level. Tables that are made from each other are planned again until
   * nothing is stale: a day that changed may have changed the next.
   *
   * @param known what was just read of the tables, or null
   * @param result gets what was done
   * @return the level as it was planned last
   */
  private List<PlannedPartition> runLevel(
      List<Entry> level, Slice slice, Catalog known, Result result) throws IOException {
    boolean isRepeated =
        Suite.isLinked(level)
            || level.stream().anyMatch(entry -> entry.table().cadence() == Cadence.SNAPSHOT);
    var days = slice.days(level);
    var done = new LinkedHashMap<String, StepReport>();
    List<PlannedPartition> planned = List.of();
    // Each round settles a day for good, so there are never more rounds than days.
    for (int round = 0; round <= days.size() + 1; round++) {
      var catalog = round == 0 && known != null ? known : levelCatalog(level, days);
      planned =
          planner(catalog).plan(level, days).stream()
              .filter(partition -> slice.isLookedAt(partition.start()))
              .toList();
      var reports =
          Parallel.map(
              List.copyOf(steps(planned).values()),
              STEPS_AT_ONCE,
              step -> new PipelineStep(run, catalog, step, result.refused, observer, gate).run());
      reports.forEach(report -> done.merge(report.step(), report, StepReport::again));
      boolean wasIdle = reports.stream().allMatch(report -> report.partitions() == 0);
      if (!isRepeated || wasIdle) {
        break;
      }
    }
    done.forEach((step, report) -> result.steps.merge(step, report, StepReport::plus));
    return planned;
  }

  private Catalog levelCatalog(List<Entry> level, List<LocalDate> days) throws IOException {
    return read(PlanningWindow.days(range(days), level, suite()));
  }

  private static DayRange range(List<LocalDate> days) {
    return days.isEmpty() ? DayRange.ALL : new DayRange(days.get(0), days.get(days.size() - 1));
  }

  /** Everything that is known of the tables, and of which days there are. */
  private Catalog wholeCatalog(DayRange range) throws IOException {
    return read(PlanningWindow.daysAndHours(range, entries, suite()));
  }

  private Catalog read(SortedMap<String, Days> datasets) throws IOException {
    return Catalog.read(run.warehouse(), datasets);
  }

  private List<Entry> suite() {
    return Suite.entries(run.configuration());
  }

  private Planner planner(Catalog catalog) {
    return new Planner(catalog, run.configuration(), options);
  }

  /** The steps of a level: tables that one scan or one chain of jobs writes. */
  private static Map<String, List<PlannedPartition>> steps(List<PlannedPartition> planned) {
    return planned.stream()
        .collect(
            Collectors.groupingBy(
                partition -> PipelineStep.name(partition.entry()),
                LinkedHashMap::new,
                Collectors.toList()));
  }
}
