package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that cannot be carried out, or are not to be believed. */
class StuckCommitTest {
  private static final Partition FIRST = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
  private static final Partition SECOND = Partition.ofDay("sales", LocalDate.of(2019, 10, 2));

  @TempDir java.nio.file.Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void publishTwo() throws IOException {
    warehouse = Warehouse.openOrCreate(new Path(folder.toUri()), new Configuration());
    publish(FIRST, "run-1");
    publish(SECOND, "run-1");
  }

  private void publish(Partition partition, String runId) throws IOException {
    new Publisher(warehouse, runId).publish(new Staging(warehouse, runId).stage(partition, runId));
  }

  private Path intend(Partition partition, String staged, String runId) throws IOException {
    return write(
        partition,
        Json.write(
            new Intent(
                1,
                Intent.Kind.REPLACE,
                partition.dataset(),
                partition.path(),
                2,
                staged,
                runId,
                "somebody",
                Instant.EPOCH)));
  }

  private Path write(Partition partition, byte[] intent) throws IOException {
    var file = new Layout(warehouse.root()).intent(partition, 2);
    warehouse.disk().write(file, intent);
    return file;
  }

  @Test
  void emptyFolderThatAMetastoreMadeBetweenTheMovesIsNotInTheWay() throws IOException {
    var published = warehouse.pathOf(FIRST);
    var isTold = new AtomicBoolean();
    var metastore =
        new StepwiseFileSystem(
            (call, path) -> {
              if (call.equals("rename")
                  && path.equals(published)
                  && isTold.compareAndSet(false, true)) {
                warehouse.disk().makeFolder(published);
              }
            });
    metastore.initialize(URI.create("file:///"), new Configuration());
    var late = Warehouse.over(metastore, new Path(folder.toUri()), new Configuration());

    new Publisher(late, "run-2").publish(new Staging(late, "run-2").stage(FIRST, "run-2"));

    assertThat(Staging.rows(warehouse, FIRST)).containsExactly("run-2");
    assertThat(warehouse.stuckCommits()).isEmpty();
  }

  @Test
  void emptyFolderIsNotInTheWayOfWhoFinishesACommit() throws IOException {
    new Staging(warehouse, "run-2").stage(FIRST, "run-2");
    var staged = warehouse.stagingOf("run-2", FIRST);
    var manifest = warehouse.manifest(FIRST).orElseThrow();
    warehouse.disk().write(new Path(staged, Manifest.FILE_NAME), Json.write(manifest));
    intend(FIRST, "_staging/run-2/" + FIRST, "run-2");
    var trash = new Layout(warehouse.root()).trash(FIRST, 1);
    warehouse.disk().makeFolder(trash.getParent());
    assertThat(warehouse.disk().move(warehouse.pathOf(FIRST), trash)).isTrue();
    warehouse.disk().makeFolder(warehouse.pathOf(FIRST));

    assertThat(warehouse.manifest(FIRST)).isPresent();

    assertThat(warehouse.stuckCommits()).isEmpty();
    assertThat(folder.resolve("sales/dt=2019-10-01/part-run-2.txt")).exists();
  }

  @Test
  void commitWhoseStagedFolderIsGoneBlocksItsOwnPartitionOnly() throws IOException {
    var file = intend(FIRST, "_staging/run-2/" + FIRST, "run-2");

    assertThat(warehouse.manifests("sales", null, null)).containsOnlyKeys(FIRST, SECOND);
    assertThat(Staging.rows(warehouse, FIRST)).containsExactly("run-1");
    publish(SECOND, "run-3");
    assertThat(Staging.rows(warehouse, SECOND)).containsExactly("run-3");
    var message =
        "Cannot finish publishing sales/dt=2019-10-01: run run-2 of somebody committed revision 2,"
            + " but "
            + warehouse.root()
            + "/_staging/run-2/sales/dt=2019-10-01 cannot be moved to "
            + warehouse.pathOf(FIRST)
            + ". If a folder of these was deleted or restored by hand, bring it back. To give the"
            + " commit up, delete the intent "
            + file
            + ".";
    assertThat(warehouse.stuckCommits()).containsExactly(new StuckCommit(FIRST, message));
    assertThatThrownBy(() -> publish(FIRST, "run-4")).hasMessage(message);

    assertThat(warehouse.disk().delete(file)).isTrue();
    publish(FIRST, "run-5");
    assertThat(Staging.rows(warehouse, FIRST)).containsExactly("run-5");
    assertThat(warehouse.stuckCommits()).isEmpty();
  }

  @Test
  void intentThatNamesAnotherFolderMovesNothing() throws IOException {
    for (var staged :
        new String[] {
          "sales/dt=2019-10-02", "_staging/../sales/dt=2019-10-02", "/etc", "_staging/run-2/.."
        }) {
      var file = intend(FIRST, staged, "run-2");

      assertThat(warehouse.recover())
          .containsExactly(
              new StuckCommit(
                  FIRST,
                  "Invalid intent: "
                      + file
                      + ": it is to move "
                      + staged
                      + " to sales/dt=2019-10-01 as revision 2. To give the commit up, delete the"
                      + " intent "
                      + file
                      + "."));
      assertThat(Staging.rows(warehouse, SECOND)).containsExactly("run-1");
    }
    intend(FIRST, "_staging/../" + FIRST, "..");
    assertThat(warehouse.recover()).hasSize(1);
  }

  @Test
  void intentOfAnotherPartitionThanItsNameSaysMovesNothing() throws IOException {
    new Staging(warehouse, "run-2").stage(SECOND, "other");
    var file = new Layout(warehouse.root()).intent(FIRST, 2);
    var other = intend(SECOND, "_staging/run-2/" + SECOND, "run-2");
    assertThat(warehouse.disk().move(other, file)).isTrue();

    assertThat(warehouse.recover()).extracting(StuckCommit::partition).containsExactly(FIRST);
    assertThat(Staging.rows(warehouse, SECOND)).containsExactly("run-1");
  }

  @Test
  void damagedIntentBlocksItsOwnPartitionOnly() throws IOException {
    var file = write(FIRST, "{".getBytes(StandardCharsets.UTF_8));

    assertThat(warehouse.manifests("sales", null, null)).containsOnlyKeys(FIRST, SECOND);
    assertThat(warehouse.stuckCommits().get(0).message())
        .startsWith("Invalid intent: " + file + ": ")
        .endsWith("delete the intent " + file + ".");
  }

  @Test
  void purgeSparesWhatAStuckCommitHasStaged() throws IOException {
    intend(FIRST, "_staging/run-2/" + FIRST, "run-2");
    long longAgo = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(25);
    for (var run : new String[] {"run-1", "run-2"}) {
      var staging = warehouse.stagingOf(run);
      warehouse.disk().makeFolder(staging);
      for (var status : warehouse.disk().list(staging)) {
        warehouse.fileSystem().setTimes(status.getPath(), longAgo, -1);
      }
      warehouse.fileSystem().setTimes(staging, longAgo, -1);
    }

    warehouse.purge();

    assertThat(warehouse.fileSystem().exists(warehouse.stagingOf("run-1"))).isFalse();
    assertThat(warehouse.fileSystem().exists(warehouse.stagingOf("run-2"))).isTrue();
  }

  @Test
  void manifestThatListsAFileElsewhereIsRefused() throws IOException {
    var file = folder.resolve("sales/dt=2019-10-01/_MANIFEST.json");
    Files.writeString(
        file, Files.readString(file).replace("part-run-1.txt", "../dt=2019-10-02/part-run-1.txt"));

    assertThatThrownBy(() -> warehouse.manifest(FIRST))
        .hasMessageEndingWith(
            "_MANIFEST.json: it lists a file named ../dt=2019-10-02/part-run-1.txt (delete the"
                + " folder file:%s/sales/dt=2019-10-01, and the next 'pipeline' makes it again)",
            folder);
  }
}
