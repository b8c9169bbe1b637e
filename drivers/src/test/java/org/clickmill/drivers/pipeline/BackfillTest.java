package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.kernel.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline over days of which each slice is published before the next begins. */
final class BackfillTest {
  private static final int DAYS = 12;
  private static final int DAYS_OF_SLICE = 4;
  private static final List<String> TABLES =
      List.of(
          "view_counts",
          "sales_weekly",
          "funnel",
          "customers",
          "daily_summary",
          "orders",
          "product_performance",
          "dwell");

  @TempDir private Path folder;

  @Test
  void whatIsPublishedWhenABackfillIsKilledStaysAndTheNextRunDoesTheRest() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var lines = new ArrayList<String>();
    new RandomVisits(seed, DAYS).events().values().forEach(lines::addAll);
    RandomVisits.write(folder.resolve("input"), "visits", lines);
    new LocalWarehouse(folder.resolve("imported"))
        .importFiles(folder.resolve("input"), "clickmill");

    var whole = warehouse("whole");
    var wholeReport = run(whole);
    var sliced = warehouse("sliced").set("clickmill.pipeline.slice-mb", 0);
    var thirdSlice = new AtomicLong(Long.MAX_VALUE);
    var slicedReport = runCounting(sliced, thirdSlice);
    assertThat(sliced.fingerprints()).as("seed %d", seed).isEqualTo(whole.fingerprints());
    assertThat(counts(slicedReport)).as("seed %d", seed).isEqualTo(counts(wholeReport));
    assertThat(rowsRead(slicedReport, "compact"))
        .as("seed %d", seed)
        .isEqualTo(rowsRead(wholeReport, "compact"));

    var killed = warehouse("killed").set("clickmill.pipeline.slice-mb", 0);
    crash(killed, thirdSlice.get() + new Random(seed).nextInt(100));
    var before = published(killed);
    for (int day = 0; day < 2 * DAYS_OF_SLICE; day++) {
      assertThat(before)
          .as("seed %d", seed)
          .containsKeys(
              Partition.ofDay("view_counts", RandomVisits.FIRST.plusDays(day)),
              Partition.ofDay("funnel", RandomVisits.FIRST.plusDays(day)));
    }
    run(killed);
    assertThat(killed.fingerprints()).as("seed %d", seed).isEqualTo(whole.fingerprints());
    var after = published(killed);
    before.forEach(
        (partition, manifest) ->
            assertThat(after.get(partition)).as("seed %d", seed).isEqualTo(manifest));
    assertThat(after.values()).as("seed %d", seed).allMatch(manifest -> manifest.version() == 1);
    assertThat(run(killed).didNothing()).as("seed %d", seed).isTrue();
  }

  private LocalWarehouse warehouse(String name) throws Exception {
    var imported = folder.resolve("imported/warehouse");
    var copy = Files.createDirectory(folder.resolve(name)).resolve("warehouse");
    try (var files = Files.walk(imported)) {
      for (var file : files.toList()) {
        Files.copy(file, copy.resolve(imported.relativize(file)));
      }
    }
    return new LocalWarehouse(folder.resolve(name))
        .set("clickmill.sales.tables", "sales_weekly")
        .set("clickmill.summary.tables", "daily_summary,orders,product_performance,dwell");
  }

  private static PipelineReport run(LocalWarehouse local) throws Exception {
    return new Pipeline(local.run(), entries(local), PlanOptions.DEFAULT).run(DayRange.ALL);
  }

  /** Finds the change of the warehouse at which the scan of the third slice begins. */
  private static PipelineReport runCounting(LocalWarehouse local, AtomicLong thirdSlice)
      throws Exception {
    var counting = new Configuration(local.configuration());
    try (var faults = Faults.inject(counting, local.warehouse().root(), Long.MAX_VALUE)) {
      var scans = new ArrayList<String>();
      var last = new String[1];
      Run.Progress progress =
          (job, fraction) -> {
            synchronized (scans) {
              if (!job.equals(last[0]) && job.equals("analyze") && scans.add(job)) {
                thirdSlice.set(scans.size() == 3 ? faults.changes() : thirdSlice.get());
              }
              last[0] = job;
            }
          };
      var warehouse = Warehouse.open(local.warehouse().root(), counting);
      var run = Run.start(warehouse, counting, Clock.systemUTC(), progress);
      var report = new Pipeline(run, entries(local), PlanOptions.DEFAULT).run(DayRange.ALL);
      assertThat(scans).hasSize(DAYS / DAYS_OF_SLICE);
      return report;
    }
  }

  private static void crash(LocalWarehouse local, long change) throws Exception {
    var faulty = new Configuration(local.configuration());
    try (var faults = Faults.inject(faulty, local.warehouse().root(), change)) {
      var warehouse = Warehouse.open(local.warehouse().root(), faulty);
      var run = Run.start(warehouse, faulty, Clock.systemUTC(), Run.Progress.SILENT);
      var pipeline = new Pipeline(run, entries(local), PlanOptions.DEFAULT);
      assertThatThrownBy(() -> pipeline.run(DayRange.ALL)).isNotNull();
      assertThat(faults.crashed()).isTrue();
    }
  }

  private static List<Entry> entries(LocalWarehouse local) {
    return Suite.withInputs(TABLES, Suite.entries(local.configuration()));
  }

  private static Map<String, List<Long>> counts(PipelineReport report) {
    var counts = new HashMap<String, List<Long>>();
    report
        .steps()
        .forEach(
            step ->
                counts.put(step.step(), List.of(step.partitions(), step.changed(), step.fresh())));
    return counts;
  }

  private static long rowsRead(PipelineReport report, String step) {
    return report.steps().stream()
        .filter(done -> done.step().equals(step))
        .mapToLong(StepReport::recordsIn)
        .sum();
  }

  private static Map<Partition, Manifest> published(LocalWarehouse local) throws Exception {
    var published = new TreeMap<Partition, Manifest>();
    for (var dataset : local.warehouse().datasets()) {
      published.putAll(local.manifests(dataset));
    }
    return published;
  }
}
