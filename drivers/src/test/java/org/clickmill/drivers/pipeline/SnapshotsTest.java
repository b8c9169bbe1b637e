package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of every day, made in one run. */
final class SnapshotsTest {
  private static final int DAYS = 3;

  @TempDir private Path folder;

  @Test
  void snapshotsOfManyDaysReadEachDayOnceAndHaveTheRowsOfEachMadeAlone() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var input = folder.resolve("input");
    var lines = new ArrayList<String>();
    new RandomVisits(seed, DAYS).events().values().forEach(lines::addAll);
    RandomVisits.write(input, "visits", lines);

    var together = warehouse("together", input);
    var report = run(together, Snapshots.EVERY_DAY, DayRange.ALL);
    assertThat(rowsRead(report, "customers"))
        .as("seed %d", seed)
        .isEqualTo(rows(together, "customer_days"));

    var alone = warehouse("alone", input);
    for (int day = 0; day < DAYS; day++) {
      var date = RandomVisits.FIRST.plusDays(day);
      run(alone, Snapshots.LAST_DAY, new DayRange(date, date));
    }
    assertThat(together.fingerprints()).as("seed %d", seed).isEqualTo(alone.fingerprints());

    // All snapshots are renewed after the first day has changed, and only they.
    var late = folder.resolve("late");
    var time = RandomVisits.FIRST + "T09:00:00Z";
    RandomVisits.write(late, "late", List.of(time + ",purchase,p0,,c0,b0,1.0,1,,late,s1,o9,"));
    together.importFiles(late, "clickmill");
    var renewed = run(together, Snapshots.LAST_DAY, DayRange.ALL);
    assertThat(rowsRead(renewed, "customers"))
        .as("seed %d", seed)
        .isEqualTo(rows(together, "customer_days"));
    var last = Partition.ofDay("customers", RandomVisits.FIRST.plusDays(DAYS - 1L));
    assertThat(together.column(last, "user_id")).as("seed %d", seed).contains("late");
  }

  private LocalWarehouse warehouse(String name, Path input) throws Exception {
    var local =
        new LocalWarehouse(folder.resolve(name)).set("clickmill.interactions.window-days", 2);
    local.importFiles(input, "clickmill");
    return local;
  }

  private static PipelineReport run(LocalWarehouse local, Snapshots snapshots, DayRange range)
      throws Exception {
    var entries =
        Suite.withInputs(
            List.of("clv", "interactions", "interactions_users", "interactions_products"),
            Suite.entries(local.configuration()));
    return new Pipeline(local.run(), entries, new PlanOptions(false, false, snapshots)).run(range);
  }

  private static long rowsRead(PipelineReport report, String step) {
    return report.steps().stream()
        .filter(done -> done.step().equals(step))
        .mapToLong(StepReport::recordsIn)
        .sum();
  }

  private static long rows(LocalWarehouse local, String dataset) throws Exception {
    return local.manifests(dataset).values().stream()
        .mapToLong(manifest -> manifest.fingerprint().rows())
        .sum();
  }
}
