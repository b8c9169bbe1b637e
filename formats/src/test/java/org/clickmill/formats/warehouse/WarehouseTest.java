package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest {
  private static final LocalDate OCTOBER = LocalDate.of(2019, 10, 1);

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private Path root;

  @BeforeEach
  void chooseRoot() {
    root = new Path(folder.resolve("mill").toUri());
  }

  private Warehouse create() throws IOException {
    return Warehouse.openOrCreate(root, configuration);
  }

  private static void publish(Warehouse warehouse, String runId, Partition... partitions)
      throws IOException {
    var staged = new ArrayList<StagedPartition>();
    for (var partition : partitions) {
      staged.add(new Staging(warehouse, runId).stage(partition, runId));
    }
    new Publisher(warehouse, runId).publishAll(staged);
  }

  @Test
  void missingWarehouseIsNamed() {
    assertThatThrownBy(() -> Warehouse.open(root, configuration))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageMatching("Missing warehouse: file:.*/mill \\(import or load creates one\\)");
  }

  @Test
  void fileIsNoWarehouse() throws IOException {
    Files.writeString(folder.resolve("mill"), "flour");

    assertThatThrownBy(() -> Warehouse.open(root, configuration))
        .hasMessageMatching("Invalid warehouse: file:.*/mill is not a folder");
    assertThatThrownBy(this::create)
        .hasMessageMatching("Invalid warehouse: file:.*/mill is not a folder");
    root = new Path(root, "below");
    assertThatThrownBy(this::create)
        .hasMessageMatching("Invalid warehouse: file:.*/below is not a folder");
  }

  @Test
  void localWarehouseIsAlwaysOnTheAtomicFileSystem() throws IOException {
    var warehouse = create();

    assertThat(root.getFileSystem(configuration)).isNotInstanceOf(AtomicLocalFileSystem.class);
    assertThat(warehouse.fileSystem()).isInstanceOf(AtomicLocalFileSystem.class);
    assertThat(Warehouse.open(root, configuration).root()).isEqualTo(warehouse.root());
  }

  @Test
  void datasetsAreTheVisibleFolders() throws IOException {
    var warehouse = create();
    publish(warehouse, "run-1", Partition.ofDay("sales", OCTOBER));
    publish(warehouse, "run-2", Partition.ofHour("events", OCTOBER, 0));

    assertThat(warehouse.datasets()).containsExactly("events", "sales");
  }

  @Test
  void manifestsAreThoseOfTheDaysAskedFor() throws IOException {
    var warehouse = create();
    var partitions = new ArrayList<Partition>();
    for (int day = 0; day < 3; day++) {
      for (int hour = 0; hour < 24; hour += 8) {
        partitions.add(Partition.ofHour("events", OCTOBER.plusDays(day), hour));
      }
    }
    publish(warehouse, "run-1", partitions.toArray(Partition[]::new));

    assertThat(warehouse.manifests("events", null, null).keySet())
        .containsExactlyElementsOf(partitions);
    assertThat(warehouse.manifests("events", OCTOBER.plusDays(1), OCTOBER.plusDays(1)).keySet())
        .containsExactlyElementsOf(partitions.subList(3, 6));
    assertThat(warehouse.manifests("events", null, OCTOBER).keySet())
        .containsExactlyElementsOf(partitions.subList(0, 3));
    assertThat(warehouse.manifests("nothing", null, null)).isEmpty();
  }

  @Test
  void rejectsOfARunAreAPartition() throws IOException {
    var warehouse = create();
    var rejects = Partition.ofRun(Datasets.REJECTS, OCTOBER, "run-1");
    publish(warehouse, "run-1", rejects);

    assertThat(warehouse.manifests(Datasets.REJECTS, OCTOBER, OCTOBER)).containsOnlyKeys(rejects);
  }

  @Test
  void foldersWithoutManifestAreNoPartitions() throws IOException {
    var warehouse = create();
    publish(warehouse, "run-1", Partition.ofHour("events", OCTOBER, 0));
    Files.createDirectories(folder.resolve("mill/events/dt=2019-10-02"));
    Files.createDirectories(folder.resolve("mill/events/dt=2019-10-01/hr=01"));
    Files.createDirectories(folder.resolve("mill/events/notes"));
    Files.writeString(folder.resolve("mill/events/dt=readme"), "");

    assertThat(warehouse.manifests("events", null, null)).hasSize(1);
    assertThat(warehouse.manifest(Partition.ofHour("events", OCTOBER, 1))).isEmpty();
  }

  @Test
  void damagedManifestIsNamedWithWhatToDo() throws IOException {
    var warehouse = create();
    publish(warehouse, "run-1", Partition.ofDay("sales", OCTOBER));
    publish(warehouse, "run-2", Partition.ofHour("events", OCTOBER, 1));
    Files.writeString(folder.resolve("mill/sales/dt=2019-10-01/_MANIFEST.json"), "{");
    Files.writeString(folder.resolve("mill/events/dt=2019-10-01/hr=01/_MANIFEST.json"), "{");

    assertThatThrownBy(() -> warehouse.manifests("sales", null, null))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Invalid manifest: file:%1$s/mill/sales/dt=2019-10-01/_MANIFEST.json: it is cut off at"
                + " line 1, column 2 (delete the folder file:%1$s/mill/sales/dt=2019-10-01, and the"
                + " next 'pipeline' makes it again)",
            folder);
    assertThatThrownBy(() -> warehouse.manifests("events", null, null))
        .isInstanceOf(ClickmillException.class)
        .hasMessageEndingWith(
            "hr=01/_MANIFEST.json: it is cut off at line 1, column 2 (bring it back from a copy of"
                + " the warehouse)");
  }

  @Test
  void failureOfOnePartitionIsTheFailureOfAll() throws IOException {
    var warehouse = create();
    var staging = new Staging(warehouse, "run-1");
    var staged = new ArrayList<StagedPartition>();
    for (int hour = 0; hour < 24; hour++) {
      staged.add(
          staging.stageOn(hour == 5 ? 3 : 0, Partition.ofHour("events", OCTOBER, hour), "a"));
    }

    assertThatThrownBy(() -> new Publisher(warehouse, "run-1").publishAll(staged))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot publish events/dt=2019-10-01/hr=05: it was removed since this run began (run"
                + " again)");
  }

  @Test
  void partitionThatWasDeletedByHandIsPublishedAgain() throws IOException {
    var warehouse = create();
    var day = Partition.ofDay("sales", OCTOBER);
    publish(warehouse, "run-1", day);
    publish(warehouse, "run-2", day);
    warehouse.fileSystem().delete(warehouse.pathOf(day), true);

    publish(warehouse, "run-3", day);

    assertThat(Staging.rows(warehouse, day)).containsExactly("run-3");
    publish(warehouse, "run-4", day);
    assertThat(Staging.rows(warehouse, day)).containsExactly("run-4");
  }

  @Test
  void purgeDeletesWhatIsOldAndKeepsWhatIsYoung() throws IOException {
    var warehouse = create();
    var fs = warehouse.fileSystem();
    var day = Partition.ofDay("sales", OCTOBER);
    publish(warehouse, "run-1", day);
    publish(warehouse, "run-2", day);
    publish(warehouse, "run-3", day);
    var layout = new Layout(warehouse.root());
    long longAgo = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(25);
    fs.setTimes(layout.trash(day, 1), longAgo, -1);
    for (var run : new String[] {"dead", "alive"}) {
      stage(warehouse, run);
    }
    makeOld(warehouse, "dead", longAgo);
    fs.setTimes(warehouse.stagingOf("alive"), longAgo, -1);

    warehouse.purge();

    assertThat(fs.exists(layout.trash(day, 1))).isFalse();
    assertThat(fs.exists(layout.trash(day, 2))).isTrue();
    assertThat(fs.exists(warehouse.stagingOf("dead"))).isFalse();
    assertThat(fs.exists(warehouse.stagingOf("alive"))).isTrue();
    assertThat(Staging.rows(warehouse, day)).containsExactly("run-3");
  }

  @Test
  void purgeSparesWhatTheNewestCommitOfTheLoaderHasStaged() throws IOException {
    var warehouse = create();
    long longAgo = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(25);
    for (int commit = 1; commit <= 2; commit++) {
      var run = "run-" + commit;
      stage(warehouse, run);
      makeOld(warehouse, run, longAgo);
      var file = new Path(warehouse.loaderFolder(), "commits/000000000" + commit + ".json");
      var content = ("{\"runId\": \"" + run + "\"}").getBytes(StandardCharsets.UTF_8);
      assertThat(warehouse.createWhole("any", file, content)).isTrue();
    }

    warehouse.purge();

    assertThat(warehouse.fileSystem().exists(warehouse.stagingOf("run-1"))).isFalse();
    assertThat(
            warehouse.fileSystem().exists(new Path(warehouse.stagingOf("run-2"), "sales/part-1")))
        .isTrue();
  }

  private static void stage(Warehouse warehouse, String run) throws IOException {
    try (var out =
        warehouse.fileSystem().create(new Path(warehouse.stagingOf(run), "sales/part-1"))) {
      out.write(1);
    }
  }

  private static void makeOld(Warehouse warehouse, String run, long time) throws IOException {
    var staging = warehouse.stagingOf(run);
    for (var path :
        new Path[] {new Path(staging, "sales/part-1"), new Path(staging, "sales"), staging}) {
      warehouse.fileSystem().setTimes(path, time, -1);
    }
  }

  @Test
  void fileIsCreatedWholeOnce() throws IOException {
    var warehouse = create();
    var file = new Path(warehouse.root(), "_loader/commits/1.json");
    var first = "first".getBytes(StandardCharsets.UTF_8);

    assertThat(warehouse.createWhole("run-1", file, first)).isTrue();
    assertThat(warehouse.createWhole("run-2", file, new byte[] {1})).isFalse();
    assertThat(Files.readString(folder.resolve("mill/_loader/commits/1.json"))).isEqualTo("first");
    warehouse.discardStaging("run-1");
    assertThat(warehouse.fileSystem().exists(warehouse.stagingOf("run-1"))).isFalse();
  }

  @Test
  void settingsHaveDocumentation() {
    assertThat(WarehouseSettings.all())
        .allSatisfy(key -> assertThat(key.documentation()).endsWith("."));
  }
}
