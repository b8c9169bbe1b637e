package org.clickmill.drivers.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clickmill.drivers.pipeline.PublishGate.Judged;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Outcome.Refused;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Cadence;

/** Partitions that one scan, or one chain of jobs, computes and publishes. */
final class PipelineStep {
  private static final int NAMED = 4;

  /** The most snapshots of all days that are computed in one scan. */
  private static final int SNAPSHOTS_AT_ONCE = 31;

  private final Run run;
  private final Catalog catalog;
  private final String name;
  private final List<PlannedPartition> planned;
  private final Set<Partition> refused;
  private final StepObserver observer;
  private final PublishGate gate;

  /**
   * @param planned partitions of one step, as {@link #name} groups them; not empty
   * @param refused partitions that were computed before and are not to be published; the step adds
   *     its own
   * @param observer is told of the step, unless nothing of it is stale
   * @param gate judges what is computed before it is published
   */
  PipelineStep(
      Run run,
      Catalog catalog,
      List<PlannedPartition> planned,
      Set<Partition> refused,
      StepObserver observer,
      PublishGate gate) {
    this.name = name(planned.get(0).entry());
    this.run = run.step(name);
    this.catalog = catalog;
    this.planned = planned;
    this.refused = refused;
    this.observer = observer;
    this.gate = gate;
  }

  /**
   * The step that a table belongs to: tables of one input and one grain are written in one scan.
   */
  static String name(Entry entry) {
    if (!entry.isAnalyzed()) {
      return entry.step();
    }
    return switch (entry.table().grain()) {
      case DAY -> "analyze";
      case WEEK -> "analyze-weeks";
      case MONTH -> "analyze-months";
    };
  }

  StepReport run() throws IOException {
    long begin = System.nanoTime();
    long fresh = planned.stream().filter(partition -> partition.state() == State.FRESH).count();
    var stale = stale();
    if (stale.isEmpty()) {
      return new StepReport(name, 0, 0, fresh, 0, 0, 0, 0, "", List.of());
    }
    var end = observer.begin(run.id(), name);
    try {
      var report = renew(stale, fresh, begin);
      end.ended(null);
      return report;
    } catch (IOException | RuntimeException e) {
      end.ended(e);
      throw e;
    }
  }

  private StepReport renew(List<PlannedPartition> stale, long fresh, long begin)
      throws IOException {
    var outcome = compute(stale);
    outcome.refused().forEach(one -> refused.add(one.partition()));
    var judged = judge(outcome);
    judged.stopped().forEach(one -> refused.add(one.partition()));
    var published = new Publisher(run.warehouse(), run.id()).publishAll(judged.passed());
    run.warehouse().discardStaging(run.id());
    return new StepReport(
        name,
        published.size(),
        published.stream().filter(PipelineStep::isChanged).count(),
        fresh,
        outcome.rowsRead(),
        outcome.rowsWritten(),
        0,
        (System.nanoTime() - begin) / 1e9,
        (outcome.note().isEmpty() ? tables(stale) : outcome.note()) + beforeFirstDay(stale),
        Stream.concat(outcome.warnings().stream(), judged.warnings().stream()).toList(),
        outcome.refused().stream().map(Refused::reason).toList(),
        judged.stopped().stream().map(Refused::reason).toList());
  }

  private Judged judge(Outcome outcome) throws IOException {
    try {
      return gate.judge(run, outcome.partitions());
    } catch (InterruptedException e) {
      throw interrupted("the checks of " + name);
    }
  }

  private static IOException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while " + what + " was running");
  }

  /** What is computed now: of the days that a table is stale for, the earliest. */
  private List<PlannedPartition> stale() {
    var stale =
        planned.stream()
            .filter(partition -> partition.state() == State.STALE)
            .filter(partition -> !refused.contains(partition.partition()))
            .toList();
    var days = new HashMap<Table, SortedSet<LocalDate>>();
    for (var partition : stale) {
      days.computeIfAbsent(partition.entry().table(), table -> new TreeSet<>())
          .add(partition.start());
    }
    return stale.stream()
        .filter(partition -> isNow(partition, days.get(partition.entry().table())))
        .toList();
  }

  private static boolean isNow(PlannedPartition partition, SortedSet<LocalDate> stale) {
    return stale.headSet(partition.start()).size() < daysAtOnce(partition.entry().table());
  }

  /**
   * For how many days a table is computed in one scan. Each day that is read is shuffled to every
   * snapshot that it belongs to. Snapshots of all days begin with the last one before them, so that
   * each takes few days; those of a window would take all of theirs, and are cheaper read again.
   */
  private static int daysAtOnce(Table table) {
    int daysBefore = table.inputs().daysBefore();
    if (table.cadence() != Cadence.SNAPSHOT || daysBefore == 0) {
      return Integer.MAX_VALUE;
    }
    return daysBefore == Inputs.ALL_DAYS ? SNAPSHOTS_AT_ONCE : 1;
  }

  private Outcome compute(List<PlannedPartition> stale) throws IOException {
    var schemas = Suite.schemas(run.configuration());
    try {
      if (stale.get(0).entry().maker() instanceof JobChain chain) {
        return chain.run(run, catalog, schemas, stale.stream().map(PipelineStep::request).toList());
      }
      return new FoldJob(run, catalog, schemas).run(name, requests(stale));
    } catch (InterruptedException e) {
      throw interrupted(name);
    }
  }

  private static Map<Analysis, List<Request>> requests(List<PlannedPartition> stale) {
    var requests = new LinkedHashMap<Analysis, List<Request>>();
    for (var partition : stale) {
      if (partition.entry().maker() instanceof Analysis analysis) {
        requests
            .computeIfAbsent(analysis, any -> new java.util.ArrayList<>())
            .add(request(partition));
      }
    }
    return requests;
  }

  private static Request request(PlannedPartition partition) {
    return new Request(partition.entry().table(), partition.start());
  }

  private static String tables(List<PlannedPartition> stale) {
    var tables = new TreeSet<String>();
    stale.forEach(partition -> tables.add(partition.entry().table().dataset()));
    var names = tables.stream().limit(NAMED).collect(Collectors.joining(", "));
    return tables.size() > NAMED ? names + " and " + (tables.size() - NAMED) + " more" : names;
  }

  /** Says so if a window of days reaches back to before there were any. */
  private String beforeFirstDay(List<PlannedPartition> stale) {
    var first = catalog.firstDay();
    boolean isBefore =
        stale.stream()
            .filter(partition -> isWindow(partition.entry().table()))
            .anyMatch(partition -> reachesBefore(partition, first));
    return isBefore ? "; days before " + first + " count as empty" : "";
  }

  private static boolean isWindow(Table table) {
    int daysBefore = table.inputs().daysBefore();
    return table.grain() == Grain.DAY && daysBefore > 1 && daysBefore != Inputs.ALL_DAYS;
  }

  private static boolean reachesBefore(PlannedPartition partition, LocalDate first) {
    int daysBefore = partition.entry().table().inputs().daysBefore();
    return first != null && partition.start().minusDays(daysBefore).isBefore(first);
  }

  private static boolean isChanged(Publication publication) {
    return publication.outcome() == Publication.Outcome.PUBLISHED;
  }
}
