package org.clickmill.drivers.upgrade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.Snapshots;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.upgrade.UpgradeReport.Unknown;
import org.clickmill.drivers.upgrade.UpgradeReport.When;
import org.clickmill.drivers.upgrade.UpgradeReport.Writer;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.LoaderStatus;

/** Reads all that another version has written, and finds what this one would compute again. */
public final class UpgradeCheck {
  /** As {@code status} plans, if it were asked what {@code --recompute-outdated} does. */
  private static final PlanOptions WITH_OUTDATED = new PlanOptions(true, false, Snapshots.COVERING);

  private final Run run;

  public UpgradeCheck(Run run) {
    this.run = run;
  }

  /**
   * Looks; changes nothing but that commits that are pending are carried out.
   *
   * @throws ClickmillException if a manifest or a commit of the loader cannot be read, as it is
   *     damaged or of a version that is newer than this one
   */
  public UpgradeReport look() throws IOException, InterruptedException {
    var writers = new TreeMap<Writer, Long>();
    var there = new TreeSet<Partition>();
    var unknown = new ArrayList<Unknown>();
    var known = knownDatasets();
    for (var dataset : run.warehouse().datasets()) {
      var manifests = run.warehouse().manifests(dataset, null, null);
      manifests.forEach(
          (partition, manifest) -> {
            writers.merge(
                new Writer(manifest.suiteVersion(), manifest.formatVersion()), 1L, Long::sum);
            if (!manifest.hasExpired()) {
              there.add(partition);
            }
          });
      if (!known.contains(dataset) && !manifests.isEmpty()) {
        unknown.add(new Unknown(dataset, manifests.size()));
      }
    }
    var loader = LoaderStatus.read(run, null);
    var reader = new Writer(SuiteVersion.text(), Manifest.FORMAT_VERSION);
    var plan = plan(PlanOptions.STATUS);
    var all = new UpgradeReport.Builder();
    for (var one : plan) {
      if (one.state() == State.STALE) {
        all.add(When.NEXT_RUN, one);
      }
    }
    addOutdated(all, plan, there);
    return all.build(
        reader, writers, loader.map(LoaderStatus::commit).orElse(null), unknown, count(plan));
  }

  /** What is recomputed only when that is asked for, and what that may change. */
  private void addOutdated(
      UpgradeReport.Builder all, List<PlannedPartition> plan, Set<Partition> there)
      throws IOException {
    var before =
        plan.stream()
            .collect(Collectors.toMap(PlannedPartition::partition, PlannedPartition::state));
    for (var one : plan(WITH_OUTDATED)) {
      var state = before.get(one.partition());
      switch (one.state()) {
        case STALE -> {
          if (state != State.STALE) {
            all.add(When.WHEN_ASKED, one);
          }
        }
        case MAY_BECOME_STALE ->
            all.add(
                state == State.MAY_BECOME_STALE ? When.IF_INPUT_CHANGES : When.IF_ASKED_CHANGES,
                one);
        case EXPIRED -> {
          if (there.contains(one.partition())) {
            all.add(When.NEVER, one);
          }
        }
        case FRESH, OUTDATED, NOT_READY -> {
          // Left as it is.
        }
      }
    }
  }

  private List<PlannedPartition> plan(PlanOptions options) throws IOException {
    return new Pipeline(run, Suite.entries(run.configuration()), options).status(DayRange.ALL);
  }

  private Set<String> knownDatasets() {
    var known = new TreeSet<>(Set.of(Datasets.EVENTS, Datasets.REJECTS));
    Suite.all(run.configuration()).forEach(entry -> known.add(entry.table().dataset()));
    return known;
  }

  private static UpgradeReport.Left count(List<PlannedPartition> plan) {
    return new UpgradeReport.Left(
        plan.stream().filter(one -> one.state() == State.FRESH).count(),
        plan.stream().filter(one -> one.state() == State.NOT_READY).count());
  }
}
