package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The power fails at any step of a publish, and the disk has only what was synced before. */
class PowerFailureTest {
  private static final List<Partition> PARTITIONS =
      List.of(
          Partition.ofDay("sales", LocalDate.of(2019, 10, 1)),
          Partition.ofHour("events", LocalDate.of(2019, 10, 1), 7));

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private final Random random = new Random();

  private Warehouse failing(java.nio.file.Path root) throws IOException {
    return Warehouse.openOrCreate(new Path(root.toUri()), configuration);
  }

  private static Warehouse open(java.nio.file.Path root) throws IOException {
    var unsynced = new Configuration();
    unsynced.setBoolean(WarehouseSettings.SYNC.name(), false);
    return Warehouse.openOrCreate(new Path(root.toUri()), unsynced);
  }

  private static void publish(Warehouse warehouse, String runId, String row) throws IOException {
    var staged = new ArrayList<StagedPartition>();
    for (var partition : PARTITIONS) {
      staged.add(new Staging(warehouse, runId).stage(partition, row));
    }
    new Publisher(warehouse, runId).publishAll(staged);
  }

  @ParameterizedTest
  @CsvSource({"first, '', new", "replace, old, new", "renew, same, same"})
  void powerFailureLeavesEveryPartitionOldOrNew(String name, String before, String after)
      throws IOException {
    configuration.setInt(WarehouseSettings.THREADS.name(), 1);
    long seed = random.nextLong();
    random.setSeed(seed);
    boolean hasFailed = true;
    for (int failAt = 1; hasFailed; failAt++) {
      var root = folder.resolve(name + "-" + failAt);
      var mill = open(root);
      if (!before.isEmpty()) {
        publish(mill, "run-1", before);
      }
      var disk = new ForgettingDisk(root);
      hasFailed = publishUntilFailure(disk, root, failAt, after);
      var description = name + " at " + failAt + ", seed " + seed;
      if (random.nextBoolean()) {
        disk.reachSome(random);
      }
      assertWhole(disk, root, hasFailed ? before : after, after, description);
    }
  }

  /** Whether the power has failed. */
  private boolean publishUntilFailure(
      ForgettingDisk disk, java.nio.file.Path root, long failAt, String row) throws IOException {
    try (var failure = PowerFailure.inject(configuration, disk, failAt)) {
      try {
        publish(failing(root), "run-2", row);
      } catch (PowerFailure.Failed e) {
        assertThat(failure.happened()).isTrue();
      }
      return failure.happened();
    }
  }

  private void assertWhole(
      ForgettingDisk disk, java.nio.file.Path root, String before, String after, String description)
      throws IOException {
    var restored = root.resolveSibling(root.getFileName() + "-" + random.nextInt(1 << 30));
    disk.restore(restored);
    var mill = open(restored);
    for (var partition : PARTITIONS) {
      var manifest = mill.manifest(partition);
      assertThat(mill.stuckCommits()).as(description).isEmpty();
      if (manifest.isEmpty()) {
        assertThat(before).as(description).isEmpty();
      } else {
        assertThat(Staging.rows(mill, manifest.get())).as(description).isSubsetOf(before, after);
      }
    }
    publish(mill, "run-3", after);
    for (var partition : PARTITIONS) {
      assertThat(Staging.rows(mill, partition)).as(description).containsExactly(after);
    }
  }

  @Test
  void syncsOfManyPartitionsAreFewEach() throws IOException {
    configuration.setInt(WarehouseSettings.THREADS.name(), 1);
    var root = folder.resolve("many");
    open(root);
    var disk = new ForgettingDisk(root);
    try (var none = PowerFailure.inject(configuration, disk, Long.MAX_VALUE)) {
      publishTwice(failing(root), disk);
      assertThat(none.happened()).isFalse();
    }
  }

  private static void publishTwice(Warehouse mill, ForgettingDisk disk) throws IOException {
    for (int revision = 0; revision < 2; revision++) {
      var runId = "run-" + revision;
      var staged = new ArrayList<StagedPartition>();
      for (int day = 1; day <= 30; day++) {
        var partition = Partition.ofDay("sales", LocalDate.of(2019, 9, day));
        staged.add(new Staging(mill, runId).stageOn(revision, partition, "row " + revision));
      }
      long before = disk.syncs();
      new Publisher(mill, runId).publishAll(staged);

      assertThat((disk.syncs() - before) / 30.0).as("revision %d", revision).isLessThan(6.5);
    }
  }
}
