package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * Imports a small shop and runs the whole pipeline on a file system that fails at the n-th change,
 * and then both again on one that does not.
 */
final class CrashedRuns {
  private final Path input;
  private final Configuration configuration;
  private final org.apache.hadoop.fs.Path root;

  /**
   * @param input event files of the mapping rees46
   * @param configuration of the file system of the warehouses
   * @param root for a warehouse a crash
   */
  CrashedRuns(Path input, Configuration configuration, org.apache.hadoop.fs.Path root) {
    this.input = input;
    this.configuration = configuration;
    this.root = root;
  }

  /**
   * Crashes at some changes of a run.
   *
   * @param times how often, unless a property says so: see {@link CrashPoints}
   */
  void crash(int times) throws IOException {
    long changes;
    SortedMap<String, String> expected;
    var clean = new org.apache.hadoop.fs.Path(root, "clean");
    var counting = new Configuration(false);
    try (var faults = Faults.inject(counting, clean, Long.MAX_VALUE)) {
      var run = importAndRunPipeline(clean, counting);
      assertThat(run.exitCode()).as(run.err()).isZero();
      changes = faults.changes();
      expected = SmallShop.rows(Warehouse.open(clean, configuration));
    }
    assertThat(changes).as("changes of a whole run").isGreaterThan(500);
    var crashes = CrashPoints.of(changes, times);
    for (long crashAt : crashes.points()) {
      crashAndRerun(crashAt, expected, crashes.describe(crashAt));
    }
  }

  private void crashAndRerun(long crashAt, SortedMap<String, String> expected, String description)
      throws IOException {
    var shop = new org.apache.hadoop.fs.Path(root, "crash-" + crashAt);
    var faulty = new Configuration(false);
    try (var faults = Faults.inject(faulty, shop, crashAt)) {
      var run = importAndRunPipeline(shop, faulty);
      if (faults.crashed()) {
        assertThat(run.err()).as(description).doesNotContain("\tat ");
      }
    }
    var run = importAndRunPipeline(shop, new Configuration(false));
    assertThat(run.exitCode()).as(description + ": " + run.err()).isZero();
    var warehouse = Warehouse.open(shop, configuration);
    assertThat(SmallShop.rows(warehouse)).as(description).isEqualTo(expected);
    assertThat(SmallShop.manifests(warehouse).values())
        .as(description)
        .allSatisfy(manifest -> assertThat(manifest.version()).isEqualTo(1));
    SmallShop.assertTidy(warehouse, description);
    warehouse.fileSystem().delete(shop, true);
  }

  private CommandRun importAndRunPipeline(org.apache.hadoop.fs.Path shop, Configuration faulty) {
    var run = run(faulty, "import", "--mapping=rees46", "--input=" + input, "--warehouse=" + shop);
    return run.exitCode() == 0 ? run(faulty, "pipeline", "--warehouse=" + shop) : run;
  }

  private static CommandRun run(Configuration faulty, String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("-Dclickmill.sales.tables=sales,sales_by_brand");
    for (var property : faulty) {
      line.add("-D" + property.getKey() + "=" + property.getValue());
    }
    return CommandRun.of(line.toArray(String[]::new));
  }
}
