package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.ForgettingDisk;
import org.clickmill.formats.warehouse.PowerFailure;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power fails at a sample of the steps of a load, and of the folding of late events; the disk
 * has what was synced, and chance decides about the rest. Set {@code clickmill.test.crash-stride} 1
 * for all steps, {@code clickmill.test.seed} to repeat.
 */
class LoadPowerFailureIT {
  private static final int STRIDE = Integer.getInteger("clickmill.test.crash-stride", 16);

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir Path folder;
  private final long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private Configuration configuration;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
    try (var topics = new Topics(broker.bootstrapServers())) {
      LoadCrash.send(topics);
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void configure() throws IOException {
    configuration = LocalWarehouse.configuration(folder);
    // Among the steps are those that delete commits which are not kept.
    configuration.setInt(LoadSettings.KEEP_COMMITS.name(), 1);
  }

  @ParameterizedTest
  @EnumSource
  void powerFailureLosesAndDoublesNothing(LoadCrash crash) throws Exception {
    var prepared = prepare(crash);
    boolean failed = true;
    for (int failAt = 1; failed; failAt += 1 + random.nextInt(2 * STRIDE - 1)) {
      var shop = copy(prepared, crash + "-" + failAt);
      var disk = new ForgettingDisk(shop);
      failed = runUntil(crash, shop, disk, failAt);
      assertRestored(crash, disk, crash + " at step " + failAt);
    }
  }

  @ParameterizedTest
  @EnumSource
  void powerFailureAfterAnotherProcessDiedLosesAndDoublesNothing(LoadCrash crash) throws Exception {
    var prepared = prepare(crash);
    long steps = steps(crash, prepared);
    for (long diedAt = 1L + random.nextInt(2 * STRIDE);
        diedAt < steps;
        diedAt += 1 + random.nextInt(2 * STRIDE - 1)) {
      var shop = copy(prepared, crash + "-died-" + diedAt);
      var disk = new ForgettingDisk(shop);
      runUntil(crash, shop, disk, diedAt);
      long failAt = 1L + random.nextInt((int) steps);
      runUntil(crash, shop, disk, failAt);
      assertRestored(crash, disk, crash + " at step " + failAt + " after one at " + diedAt);
    }
  }

  private Path prepare(LoadCrash crash) throws IOException, InterruptedException {
    var prepared = folder.resolve(crash.name());
    crash.prepare(open(prepared, configuration));
    return prepared;
  }

  private long steps(LoadCrash crash, Path prepared) throws IOException, InterruptedException {
    var shop = copy(prepared, crash + "-counted");
    var counting = new Configuration(configuration);
    try (var none = PowerFailure.inject(counting, new ForgettingDisk(shop), Long.MAX_VALUE)) {
      crash.run(open(shop, counting));
      assertThat(none.steps()).as("steps of " + crash).isGreaterThan(60);
      return none.steps();
    }
  }

  /** Whether it has not come to its end. */
  private boolean runUntil(LoadCrash crash, Path shop, ForgettingDisk disk, long failAt)
      throws InterruptedException {
    var failing = new Configuration(configuration);
    try (var failure = PowerFailure.inject(failing, disk, failAt)) {
      try {
        crash.run(open(shop, failing));
      } catch (IOException | ClickmillException e) {
        assertThat(failure.happened()).as("%s at step %d: %s", crash, failAt, e).isTrue();
      }
      return failure.happened();
    }
  }

  private void assertRestored(LoadCrash crash, ForgettingDisk disk, String what)
      throws IOException, InterruptedException {
    if (random.nextBoolean()) {
      disk.reachSome(random);
    }
    var restored = folder.resolve("restored-" + random.nextLong());
    disk.restore(restored);
    var description = "seed " + seed + ", power failure of " + what;
    crash.assertFinished(open(restored, configuration), description);
  }

  private static LoadedWarehouse open(Path root, Configuration configuration) throws IOException {
    return new LoadedWarehouse(
        new org.apache.hadoop.fs.Path(root.toUri()), configuration, broker.bootstrapServers());
  }

  private Path copy(Path from, String name) throws IOException {
    var copy = folder.resolve(name);
    new ForgettingDisk(from).restore(copy);
    return copy;
  }
}
