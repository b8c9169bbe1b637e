package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.ForgettingDisk;
import org.clickmill.formats.warehouse.PowerFailure;
import org.clickmill.formats.warehouse.WarehouseSettings;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power fails at a sample of the steps of a load, and of the folding of late events; the disk
 * has what was synced, and chance decides about the rest. Set {@code clickmill.test.crash-stride} 1
 * for all steps, {@code clickmill.test.seed} to repeat.
 */
class LoadPowerFailureIT {
  private static final int STRIDE = Integer.getInteger("clickmill.test.crash-stride", 96);

  private static final String FIRST_REJECT = "first-reject";
  private static final String SECOND_REJECT = "second-reject";

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
      for (var topic : List.of(FIRST_REJECT, SECOND_REJECT)) {
        topics.create(topic, 1);
        topics.send(topic, 0, new byte[] {'x'});
      }
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
    for (long diedAt = 1L + random.nextInt(STRIDE);
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

  /** A process dies when its commit has its name, and the next carries the commit out. */
  @Test
  void commitThatIsCarriedOutIsNotForgotten() throws Exception {
    var crash = LoadCrash.LOAD;
    var prepared = prepare(crash);
    var commit = "_loader/commits/0000000002.json";
    long low = 1;
    long high = steps(crash, prepared);
    while (low < high) {
      long middle = (low + high) / 2;
      var tried = copy(prepared, crash + "-until-" + middle);
      runUntil(crash, tried, new ForgettingDisk(tried), middle);
      if (Files.exists(tried.resolve(commit))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    var shop = copy(prepared, crash + "-died");
    var disk = new ForgettingDisk(shop);
    runUntil(crash, shop, disk, low);
    assertThat(shop.resolve(commit)).exists();

    runUntil(crash, shop, disk, Long.MAX_VALUE);

    var restored = folder.resolve("restored");
    disk.restore(restored);
    crash.assertFinished(open(restored, configuration), "after step " + low);
  }

  @Test
  void foldedEventsThatComeBackDoNotMissTheirCommit() throws Exception {
    var shop = prepare(LoadCrash.FOLD_LATE);
    var disk = new ForgettingDisk(shop);
    var failing = new Configuration(configuration);
    SortedMap<String, Long> hours;
    try (var none = PowerFailure.inject(failing, disk, Long.MAX_VALUE)) {
      LoadCrash.FOLD_LATE.run(open(shop, failing));
      // Two commits: the second syncs what the first has deleted.
      var topics = new ArrayList<>(List.of("early", "later"));
      for (var topic : List.of(FIRST_REJECT, SECOND_REJECT)) {
        topics.add(topic);
        var names = topics.toArray(new String[0]);
        assertThatThrownBy(() -> open(shop, failing).load(LoadCrash.at("04:10"), names))
            .hasMessageContaining("records are malformed");
      }
      hours = new TreeMap<>(open(shop, failing).hours());
      assertThat(none.happened()).isFalse();
    }

    var restored = folder.resolve("restored");
    disk.restore(restored);

    var found = open(restored, configuration);
    found.late().fold();
    assertThat(found.hours()).isEqualTo(hours);
    assertThat(found.status().lateWaiting()).isZero();
  }

  /** Which shows that the disk of these tests does forget. */
  @Test
  void loadIsForgottenWithoutSyncing() throws Exception {
    var shop = prepare(LoadCrash.LOAD);
    var disk = new ForgettingDisk(shop);
    configuration.setBoolean(WarehouseSettings.SYNC.name(), false);
    runUntil(LoadCrash.LOAD, shop, disk, Long.MAX_VALUE);
    assertThat(open(shop, configuration).status().commit()).isEqualTo(2);

    var restored = folder.resolve("restored");
    disk.restore(restored);

    assertThat(open(restored, configuration).status().commit()).isEqualTo(1);
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
