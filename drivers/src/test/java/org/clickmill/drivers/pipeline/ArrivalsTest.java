package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.Seeds;
import org.clickmill.jobs.kernel.Run;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the events arrive, the tables end the same. */
final class ArrivalsTest {
  private static final int DAYS = 4;

  @TempDir private Path folder;

  static LongStream seeds() {
    return Seeds.sample(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void dayByDayEqualsAllAtOnce(long seed) throws Exception {
    var random = new Random(seed);
    var arrivals = new ArrayList<List<String>>();
    var late = new ArrayList<String>();
    for (var day : new RandomVisits(seed, DAYS).events().values()) {
      int onTime = day.isEmpty() ? 0 : 1 + random.nextInt(day.size());
      arrivals.add(day.subList(0, onTime));
      late.addAll(day.subList(onTime, day.size()));
    }
    if (random.nextInt(3) == 0) {
      Collections.shuffle(arrivals, random);
    }
    while (!late.isEmpty()) {
      int some = 1 + random.nextInt(late.size());
      arrivals.add(1 + random.nextInt(arrivals.size()), List.copyOf(late.subList(0, some)));
      late.subList(0, some).clear();
    }

    var slowly = warehouse("slowly", random);
    for (int i = 0; i < arrivals.size(); i++) {
      arrive(slowly, "arrival-" + i, arrivals.get(i));
      if (random.nextInt(3) == 0) {
        crash(slowly, 1 + random.nextInt(500));
      }
      run(slowly);
    }
    // Fills the days that nothing ever arrived for.
    var all = new ArrayList<String>();
    arrivals.forEach(all::addAll);
    fill(slowly);
    run(slowly);

    var atOnce = warehouse("at-once", random);
    arrive(atOnce, "all", all);
    run(atOnce);

    var expected = atOnce.fingerprints();
    var actual = slowly.fingerprints();
    for (var partition : List.copyOf(actual.keySet())) {
      if (isSnapshot(partition) && !expected.containsKey(partition)) {
        actual.remove(partition);
      }
    }
    assertThat(difference(actual, expected)).as("seed %d", seed).isEmpty();
    var again = run(slowly);
    assertThat(again.didNothing()).as("seed %d: %s", seed, again.steps()).isTrue();
  }

  private LocalWarehouse warehouse(String name, Random random) throws IOException {
    return new LocalWarehouse(folder.resolve(name))
        .set("clickmill.split.count", random.nextInt(3))
        .set("clickmill.trending.windows", "2,3")
        .set("clickmill.interactions.window-days", 3)
        .set("clickmill.summary.tables", "traffic,dwell")
        .set("clickmill.customers.tables", "cohorts,identities")
        .set("clickmill.sales.tables", "sales,sales_by_brand,sales_weekly");
  }

  private void arrive(LocalWarehouse local, String name, List<String> lines) throws Exception {
    if (lines.isEmpty()) {
      return;
    }
    var input = folder.resolve(local.warehouse().root().getParent().getName() + "-" + name);
    RandomVisits.write(input, name, lines);
    local.importFiles(input, "clickmill");
  }

  /** Events of the first and the last day, which are in the warehouse already, seal all between. */
  private void fill(LocalWarehouse local) throws Exception {
    var wishes = new ArrayList<String>();
    for (var day : List.of(RandomVisits.FIRST, RandomVisits.FIRST.plusDays(DAYS - 1L))) {
      wishes.add(day + "T12:00:00Z,seal,,,,,,,,,,,");
    }
    arrive(local, "fill", wishes);
  }

  /** A run on a file system that fails at the n-th change. */
  private static void crash(LocalWarehouse local, long changes) throws IOException {
    var faulty = new Configuration(local.configuration());
    var faults = Faults.inject(faulty, local.warehouse().root(), changes);
    try {
      var warehouse = Warehouse.open(local.warehouse().root(), faulty);
      var run = Run.start(warehouse, faulty, Clock.systemUTC(), Run.Progress.SILENT);
      new Pipeline(run, Suite.entries(faulty), PlanOptions.DEFAULT).run(DayRange.ALL);
    } catch (IOException | RuntimeException e) {
      // What the crash left is for the next run.
    } finally {
      faults.close();
    }
  }

  private static PipelineReport run(LocalWarehouse local) throws IOException {
    return new Pipeline(local.run(), Suite.entries(local.configuration()), PlanOptions.DEFAULT)
        .run(DayRange.ALL);
  }

  private static boolean isSnapshot(Partition partition) {
    return List.of(
            "customers",
            "cohorts",
            "identities",
            "clv",
            "clv_model",
            "interactions",
            "interactions_users",
            "interactions_products")
        .contains(partition.dataset());
  }

  /** What differs, leaving out the events: these differ by those that only seal. */
  private static Map<Partition, String> difference(
      Map<Partition, Fingerprint> actual, Map<Partition, Fingerprint> expected) {
    var difference = new java.util.TreeMap<Partition, String>();
    var all = new java.util.TreeSet<>(actual.keySet());
    all.addAll(expected.keySet());
    for (var partition : all) {
      if (!partition.dataset().startsWith("events")
          && !java.util.Objects.equals(actual.get(partition), expected.get(partition))) {
        difference.put(partition, actual.get(partition) + " not " + expected.get(partition));
      }
    }
    return difference;
  }
}
