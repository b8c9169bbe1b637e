package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of partitions that have expired is merged, and found as before. */
class ExpiredManifestsTest {
  private static final LocalDate OCTOBER = LocalDate.of(2019, 10, 1);
  private static final Partition HOUR = Partition.ofHour("events", OCTOBER, 7);
  private static final Partition NEXT_HOUR = Partition.ofHour("events", OCTOBER, 8);
  private static final Partition DAY = Partition.ofDay("sales", OCTOBER);

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private Path root;
  private Warehouse warehouse;
  private Layout layout;

  @BeforeEach
  void newWarehouse() throws IOException {
    root = new Path(folder.resolve("mill").toUri());
    warehouse = Warehouse.openOrCreate(root, configuration);
    layout = new Layout(warehouse.root());
  }

  private void publish(Partition partition, String runId, String... rows) throws IOException {
    var staged = new Staging(warehouse, runId).stage(partition, rows);
    new Publisher(warehouse, runId).publish(staged);
  }

  private Manifest expire(Partition partition) throws IOException {
    var published = warehouse.manifest(partition).orElseThrow();
    new Publisher(warehouse, "expire")
        .rewriteAll(List.of(StagedPartition.expired(published, Sensitivity.OPEN, 5)));
    return warehouse.manifest(partition).orElseThrow();
  }

  private void emptyTheTrash(Partition partition) throws IOException {
    long longAgo = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(25);
    var fs = warehouse.fileSystem();
    for (var status : warehouse.disk().list(layout.trash(partition))) {
      fs.setTimes(status.getPath(), longAgo, -1);
    }
    warehouse.purge();
    fs.setTimes(layout.trash(partition), longAgo, -1);
    warehouse.purge();
    assertThat(fs.exists(layout.trash(partition))).isFalse();
  }

  private boolean exists(Path path) throws IOException {
    return warehouse.fileSystem().exists(path);
  }

  @Test
  void folderGoesOnceTheTrashIsEmptyAndTheManifestIsFoundAsBefore() throws IOException {
    publish(HOUR, "run-1", "a");
    publish(HOUR, "run-2", "b");
    publish(NEXT_HOUR, "run-1", "a");
    var left = expire(HOUR);

    warehouse.mergeExpired("tidy");
    assertThat(exists(warehouse.pathOf(HOUR))).isTrue();
    emptyTheTrash(HOUR);
    warehouse.mergeExpired("tidy");

    assertThat(exists(warehouse.pathOf(HOUR))).isFalse();
    assertThat(warehouse.manifest(HOUR)).contains(left);
    assertThat(warehouse.manifests("events", null, null)).hasSize(2).containsEntry(HOUR, left);
    assertThat(warehouse.manifests("events", OCTOBER.plusDays(1), null)).isEmpty();
    assertThat(warehouse.readable("events", null, null)).containsOnlyKeys(NEXT_HOUR);
    var other = Warehouse.open(root, configuration);
    assertThat(other.manifest(HOUR)).contains(left);
    assertThat(warehouse.disk().list(layout.expired("events"))).hasSize(1);
  }

  @Test
  void dayWithoutFoldersIsStillADayOfTheDataset() throws IOException {
    publish(HOUR, "run-1", "a");
    expire(HOUR);
    emptyTheTrash(HOUR);
    warehouse.mergeExpired("tidy");
    assertThat(exists(warehouse.pathOf(HOUR).getParent())).isFalse();
    assertThat(warehouse.days("events")).containsExactly(OCTOBER);
    assertThat(Catalog.read(warehouse, List.of(), null, null).firstDay()).isEqualTo(OCTOBER);
  }

  @Test
  void filesTakeEachOthersPlace() throws IOException {
    for (int hour = 0; hour < 5; hour++) {
      var partition = Partition.ofHour("events", OCTOBER, hour);
      publish(partition, "run-1", "a");
      expire(partition);
      emptyTheTrash(partition);
      warehouse.mergeExpired("tidy");
      warehouse.mergeExpired("tidy");
    }
    assertThat(warehouse.manifests("events", null, null)).hasSize(5);
    assertThat(warehouse.disk().list(layout.expired("events")))
        .extracting(status -> status.getPath().getName())
        .containsExactly("0000000005.json");
  }

  @Test
  void runThatReadAnOlderFileLosesNothing() throws IOException {
    var one = new ExpiredManifests(warehouse.disk(), layout);
    publish(HOUR, "run-1", "a");
    publish(NEXT_HOUR, "run-1", "a");
    publish(DAY, "run-1", "a");
    var first = expire(HOUR);
    var second = expire(NEXT_HOUR);
    var workshop = warehouse.stagingOf("tidy");
    one.add(workshop, "events", List.of(first));
    // Its number is free again, once newer files have taken its place.
    var newer = new Path(layout.expired("events"), "0000000003.json");
    assertThat(warehouse.disk().move(new Path(layout.expired("events"), "0000000001.json"), newer))
        .isTrue();
    new ExpiredManifests(warehouse.disk(), layout).add(workshop, "events", List.of(second));
    assertThat(one.of("events")).containsOnlyKeys(HOUR, NEXT_HOUR);
  }

  @Test
  void nothingIsPublishedInItsPlace() throws IOException {
    publish(DAY, "run-1", "a");
    var staged = new Staging(warehouse, "slow").stage(DAY, "b");
    expire(DAY);
    emptyTheTrash(DAY);
    warehouse.mergeExpired("tidy");
    assertThatThrownBy(() -> new Publisher(warehouse, "slow").publish(staged))
        .isInstanceOf(ClickmillException.class);
    var again = new Staging(warehouse, "again").stage(DAY, "b");
    assertThatThrownBy(() -> new Publisher(warehouse, "again").publish(again))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("sales/dt=2019-10-01")
        .hasMessageContaining("expired");
    assertThat(warehouse.readable("sales", null, null)).isEmpty();
  }

  @Test
  void commitThatCameTooLateIsVoid() throws IOException {
    publish(DAY, "run-1", "a");
    publish(DAY, "run-2", "b");
    var published = warehouse.manifest(DAY).orElseThrow();
    expire(DAY);
    emptyTheTrash(DAY);
    warehouse.mergeExpired("tidy");
    var staged = warehouse.stagingOf("late", DAY);
    warehouse.disk().makeFolder(staged);
    warehouse.disk().write(new Path(staged, Manifest.FILE_NAME), Json.write(published));
    var late =
        new Intent(
            1,
            Intent.Kind.REPLACE,
            DAY.dataset(),
            DAY.path(),
            published.revision(),
            Layout.staged("late", DAY),
            "late",
            "somebody",
            Instant.now());
    assertThat(warehouse.intents().create(late)).isTrue();
    assertThat(warehouse.manifest(DAY).orElseThrow().hasExpired()).isTrue();
    warehouse.recover();
    assertThat(exists(layout.intent(DAY, 2))).isFalse();
    assertThat(exists(warehouse.pathOf(DAY))).isFalse();
  }

  @Test
  void damagedFileIsNamed() throws IOException {
    var file = new Path(layout.expired("sales"), "0000000001.json");
    warehouse.disk().makeFolder(file.getParent());
    try (var out = warehouse.fileSystem().create(file)) {
      out.write('{');
    }
    assertThatThrownBy(() -> warehouse.manifests("sales", null, null))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Invalid file of manifests: ")
        .hasMessageContaining("0000000001.json: it is cut off");
  }
}
