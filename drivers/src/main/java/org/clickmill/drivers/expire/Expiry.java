package org.clickmill.drivers.expire;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.expire.ExpiryPlan.Expiring;
import org.clickmill.drivers.expire.ExpiryPlan.Kept;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.Sensitivity;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.ingest.ImportRecords;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.load.LoadSettings;

/**
 * Deletes what is older than it is to be kept, unless a table is still to be made from it: one that
 * is stale now, or one of a day to come, whose window includes it.
 */
public final class Expiry {
  /** Bounds what is staged at once; all hours of a day are checked before any is committed. */
  private static final int DAYS_AT_ONCE = 20;

  private final Run run;
  private final Retention retention;
  private final LocalDate asOf;
  private final List<Entry> suite;

  /**
   * @param asOf the day that ages are reckoned from, the last of the days that are kept
   */
  public Expiry(Run run, Retention retention, LocalDate asOf) {
    this.run = run;
    this.retention = retention;
    this.asOf = asOf;
    this.suite = Suite.entries(run.configuration());
  }

  /**
   * What is still to be made.
   *
   * @param partition what it is
   * @param reason why, as a clause
   * @param inputs what it will be made from
   */
  private record Need(Partition partition, String reason, List<Partition> inputs) {}

  /** What {@link #run} would do now. */
  public ExpiryReport dryRun() throws IOException {
    return ExpiryReport.of(run.id(), plan(), true);
  }

  /**
   * Deletes.
   *
   * @throws ClickmillException of kind held if another run publishes one of the partitions
   *     meanwhile; some may have expired then, and running again does the rest
   */
  public ExpiryReport run() throws IOException {
    var plan = plan();
    var publisher = new Publisher(run.warehouse(), run.id());
    var days =
        plan.expiring().stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.manifest().where().day(), TreeMap::new, Collectors.toList()));
    var some = new ArrayList<StagedPartition>();
    int collected = 0;
    for (var day : days.values()) {
      day.forEach(
          one -> some.add(StagedPartition.expired(one.manifest(), sensitivity(one), one.days())));
      collected++;
      if (collected % DAYS_AT_ONCE == 0 || collected == days.size()) {
        publisher.rewriteAll(some);
        some.clear();
      }
    }
    run.warehouse().discardStaging(run.id());
    return ExpiryReport.of(run.id(), plan, false);
  }

  /**
   * Bounds the number of files that are left of what has expired, however long a warehouse is kept:
   * manifests whose rows are not in the trash any more are merged, and records of imported files of
   * which nothing is there are deleted.
   */
  public void tidy() throws IOException {
    run.warehouse().mergeExpired(run.id());
    ImportRecords.deleteExpired(run.warehouse());
    run.warehouse().discardStaging(run.id());
  }

  private Sensitivity sensitivity(Expiring one) {
    var dataset = one.manifest().dataset();
    return suite.stream()
        .map(Entry::table)
        .filter(table -> table.dataset().equals(dataset))
        .findFirst()
        .map(table -> table.schema().sensitivity())
        .orElse(Sensitivity.PERSONAL);
  }

  private ExpiryPlan plan() throws IOException {
    requireLateEventsToHaveTheirHours();
    var expiring = candidates();
    var kept = new TreeMap<Partition, String>();
    if (!expiring.isEmpty()) {
      var planned = new Pipeline(run, suite, PlanOptions.STATUS).status(DayRange.ALL);
      var newest =
          planned.stream()
              .filter(one -> one.partition().dataset().equals(Datasets.EVENTS_DAILY))
              .map(PlannedPartition::start)
              .max(Comparator.naturalOrder())
              .orElse(null);
      keepUnfinishedDays(expiring, kept, newest);
      keepLateHours(expiring, kept);
      keepNeeded(expiring, kept, needs(planned, newest));
    }
    return new ExpiryPlan(
        asOf,
        List.copyOf(expiring.values()),
        kept.entrySet().stream().map(one -> new Kept(one.getKey(), one.getValue())).toList());
  }

  /** What the loader still takes for an hour must find what else is in it. */
  private void requireLateEventsToHaveTheirHours() throws IOException {
    var days = retention.days().get(Datasets.EVENTS);
    int oldest = LoadSettings.MAX_AGE_DAYS.get(run.configuration());
    if (days != null && days <= oldest && isLoaded()) {
      throw ClickmillException.usage(
          "Invalid value of %s: events=%dd, but the loader takes events of the last %d days (%s)."
              + " Keep them for %dd or more",
          ExpireSettings.DAYS, days, oldest, LoadSettings.MAX_AGE_DAYS, oldest + 1);
    }
  }

  private boolean isLoaded() throws IOException {
    return run.warehouse().fileSystem().exists(run.warehouse().loaderFolder());
  }

  /** All partitions that are old enough. */
  private SortedMap<Partition, Expiring> candidates() throws IOException {
    var candidates = new TreeMap<Partition, Expiring>();
    for (var kept : retention.days().entrySet()) {
      var last = asOf.minusDays(kept.getValue());
      var grain = grain(kept.getKey());
      run.warehouse()
          .readable(kept.getKey(), null, last)
          .forEach(
              (partition, manifest) -> {
                if (!lastDay(grain, partition).isAfter(last)) {
                  candidates.put(partition, new Expiring(manifest, kept.getValue()));
                }
              });
    }
    return candidates;
  }

  private Grain grain(String dataset) {
    return Suite.all(run.configuration()).stream()
        .map(Entry::table)
        .filter(table -> table.dataset().equals(dataset))
        .map(Table::grain)
        .findFirst()
        .orElse(Grain.DAY);
  }

  private static LocalDate lastDay(Grain grain, Partition partition) {
    var days = grain.days(partition.day());
    return days.get(days.size() - 1);
  }

  /**
   * @param newest the newest day whose hours were all there; null if there is none
   */
  private static void keepUnfinishedDays(
      SortedMap<Partition, Expiring> expiring,
      SortedMap<Partition, String> kept,
      LocalDate newest) {
    for (var partition : List.copyOf(expiring.keySet())) {
      boolean isUnfinished =
          !partition.dataset().equals(Datasets.REJECTS)
              && (newest == null || partition.day().isAfter(newest));
      if (isUnfinished) {
        keep(partition, "not all hours of its day are there", expiring, kept);
      }
    }
  }

  private void keepLateHours(
      SortedMap<Partition, Expiring> expiring, SortedMap<Partition, String> kept)
      throws IOException {
    var late = new TreeSet<String>();
    var folder = new Path(run.warehouse().loaderFolder(), Datasets.LATE);
    for (var day : run.warehouse().disk().list(folder)) {
      late.add(day.getPath().getName());
    }
    for (var partition : List.copyOf(expiring.keySet())) {
      if (partition.dataset().equals(Datasets.EVENTS) && late.contains("dt=" + partition.day())) {
        keep(
            partition,
            "late events of its day wait to be folded (load --fold-late)",
            expiring,
            kept);
      }
    }
  }

  /** What expires itself needs nothing any more. */
  private static void keepNeeded(
      SortedMap<Partition, Expiring> expiring,
      SortedMap<Partition, String> kept,
      List<Need> needs) {
    boolean isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (var need : needs) {
        if (!expiring.containsKey(need.partition())) {
          for (var input : need.inputs()) {
            isChanged |= keep(input, need.reason(), expiring, kept);
          }
        }
      }
    }
  }

  private static boolean keep(
      Partition partition,
      String reason,
      SortedMap<Partition, Expiring> expiring,
      SortedMap<Partition, String> kept) {
    if (expiring.remove(partition) == null) {
      return false;
    }
    kept.put(partition, reason);
    return true;
  }

  private List<Need> needs(List<PlannedPartition> planned, LocalDate newest) throws IOException {
    var firstDay = Catalog.read(run.warehouse(), List.of(), null, null).firstDay();
    var needs = new ArrayList<Need>();
    for (var one : planned) {
      if (isOpen(one.state()) && readsExpiring(one.entry().table())) {
        needs.add(
            new Need(
                one.partition(),
                one.partition() + " is made from it: " + one.reason(),
                one.entry().table().inputs().of(one.start(), firstDay)));
      }
    }
    for (var entry : suite) {
      if (newest != null && readsExpiring(entry.table())) {
        needs.addAll(needsToCome(entry.table(), newest, firstDay));
      }
    }
    return needs;
  }

  private static boolean isOpen(State state) {
    return switch (state) {
      case STALE, MAY_BECOME_STALE, NOT_READY -> true;
      case FRESH, OUTDATED, EXPIRED -> false;
    };
  }

  private boolean readsExpiring(Table table) {
    return table.inputs().datasets().stream().anyMatch(retention.days()::containsKey);
  }

  /** The day that comes next, and those before it that it changes. */
  private static List<Need> needsToCome(Table table, LocalDate newest, LocalDate firstDay) {
    int back = table.grain() == Grain.DAY ? table.inputs().daysAfter() : 0;
    return newest
        .plusDays(1L - back)
        .datesUntil(newest.plusDays(2))
        .map(table.grain()::start)
        .map(
            start ->
                new Need(
                    table.partition(start),
                    table.partition(start) + " will be made from it",
                    table.inputs().of(start, firstDay)))
        .toList();
  }
}
