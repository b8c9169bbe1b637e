package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  private static final Partition DAY = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
  private static final Partition SOURCE =
      Partition.ofDay(Datasets.EVENTS_DAILY, LocalDate.of(2019, 10, 1));

  @TempDir java.nio.file.Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void open() throws IOException {
    warehouse =
        Warehouse.openOrCreate(new Path(folder.resolve("mill").toUri()), new Configuration());
  }

  private Publication publish(String runId, String... rows) throws IOException {
    return new Publisher(warehouse, runId).publish(new Staging(warehouse, runId).stage(DAY, rows));
  }

  @Test
  void firstPublishIsVersionOne() throws IOException {
    var publication = publish("run-1", "a", "b");

    assertThat(publication).isEqualTo(new Publication(DAY, Publication.Outcome.PUBLISHED, 1));
    var manifest = warehouse.manifest(DAY).orElseThrow();
    assertThat(manifest.revision()).isEqualTo(1);
    assertThat(manifest.runId()).isEqualTo("run-1");
    assertThat(manifest.where()).isEqualTo(DAY);
    assertThat(manifest.suiteVersion()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(manifest.counts()).containsEntry("rows", 2L);
    assertThat(Staging.rows(warehouse, DAY)).containsExactly("a", "b");
    assertThat(warehouse.fileSystem().listStatus(warehouse.pathOf(DAY)))
        .extracting(file -> file.getPath().getName())
        .containsExactlyInAnyOrder("_MANIFEST.json", "_SUCCESS", "part-run-1.txt");
  }

  @Test
  void otherRowsRaiseTheVersion() throws IOException {
    publish("run-1", "a");

    assertThat(publish("run-2", "b").version()).isEqualTo(2);
    assertThat(warehouse.manifest(DAY).orElseThrow().revision()).isEqualTo(2);
    assertThat(Staging.rows(warehouse, DAY)).containsExactly("b");
  }

  @Test
  void equalRowsKeepFilesAndVersion() throws IOException {
    publish("run-1", "a", "b");

    assertThat(publish("run-2", "b", "a"))
        .isEqualTo(new Publication(DAY, Publication.Outcome.RENEWED, 1));
    var manifest = warehouse.manifest(DAY).orElseThrow();
    assertThat(manifest.revision()).isEqualTo(2);
    assertThat(manifest.runId()).isEqualTo("run-2");
    assertThat(Staging.rows(warehouse, DAY)).containsExactly("a", "b");
    assertThat(warehouse.fileSystem().exists(warehouse.stagingOf("run-2", DAY))).isFalse();
  }

  @Test
  void equalRowsOfNewLogicAreReplacedUnderTheSameVersion() throws IOException {
    publish("run-1", "a");
    var staging = new Staging(warehouse, "run-2").withLogicVersion(2);

    assertThat(new Publisher(warehouse, "run-2").publish(staging.stage(DAY, "a")))
        .isEqualTo(new Publication(DAY, Publication.Outcome.PUBLISHED, 1));
    assertThat(warehouse.manifest(DAY).orElseThrow().logicVersion()).isEqualTo(2);
  }

  @Test
  void emptyPartitionWithoutFileGetsOneUnderTheSameVersion() throws IOException {
    var staged = new Staging(warehouse, "run-1").stage(DAY);
    warehouse.fileSystem().delete(warehouse.stagingOf("run-1", DAY), true);
    new Publisher(warehouse, "run-1")
        .publish(
            new StagedPartition(
                DAY,
                0,
                List.of(),
                staged.fingerprint(),
                List.of(),
                "test",
                1,
                staged.settings(),
                staged.counts(),
                List.of()));

    assertThat(publish("run-2")).isEqualTo(new Publication(DAY, Publication.Outcome.PUBLISHED, 1));
    assertThat(warehouse.manifest(DAY).orElseThrow().files()).hasSize(1);
    assertThat(publish("run-3").outcome()).isEqualTo(Publication.Outcome.RENEWED);
  }

  @Test
  void whatExpiresKeepsItsVersionAndLosesItsFiles() throws IOException {
    publish("run-1", "a", "b");
    var before = warehouse.manifest(DAY).orElseThrow();

    assertThat(expire(before)).isEqualTo(new Publication(DAY, Publication.Outcome.PUBLISHED, 1));
    var after = warehouse.manifest(DAY).orElseThrow();
    assertThat(after.hasExpired()).isTrue();
    assertThat(after.expired())
        .isEqualTo(new Manifest.Expired(90, 1, before.bytes(), before.createdAt(), "run-1"));
    assertThat(after.files()).isEmpty();
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    assertThat(after.revision()).isEqualTo(2);
    assertThat(warehouse.disk().list(warehouse.pathOf(DAY))).hasSize(2);
    assertThat(warehouse.readable(DAY.dataset(), null, null)).isEmpty();
    var catalog = Catalog.read(warehouse, List.of(DAY.dataset()), null, null);
    assertThat(catalog.manifest(DAY)).isEmpty();
    assertThat(catalog.version(DAY)).isEqualTo(1);
    assertThat(catalog.isKnown(DAY)).isTrue();
  }

  @Test
  void whatHasExpiredIsNotPublishedAgain() throws IOException {
    publish("run-1", "a");
    expire(warehouse.manifest(DAY).orElseThrow());

    assertThatThrownBy(() -> publish("run-2", "b"))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Cannot publish sales/dt=2019-10-01: it has expired, 90 days after its day. To have it"
                + " again, delete the folder "
                + warehouse.pathOf(DAY)
                + " first, or where that is gone, its line in the file of "
                + warehouse.layout().expired(DAY.dataset()));
  }

  @Test
  void whatIsPublishedMeanwhileDoesNotExpire() throws IOException {
    publish("run-1", "a");
    var before = warehouse.manifest(DAY).orElseThrow();
    publish("run-2", "b");

    assertThatThrownBy(() -> expire(before))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.HELD));
    assertThat(Staging.rows(warehouse, DAY)).containsExactly("b");
  }

  private Publication expire(Manifest published) throws IOException {
    return new Publisher(warehouse, "expiring")
        .rewriteAll(List.of(StagedPartition.expired(published, Sensitivity.OPEN, 90)))
        .get(0);
  }

  @Test
  void movedBaseIsHeldAndNamesTheWinner() throws IOException {
    var late = new Staging(warehouse, "run-2").stage(DAY, "late");
    publish("run-1", "a");

    assertThatThrownBy(() -> new Publisher(warehouse, "run-2").publish(late))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.HELD))
        .hasMessageMatching(
            "Cannot publish sales/dt=2019-10-01: run run-1 of user \\S+ published it first, as"
                + " revision 1 \\(run again\\)");
    assertThat(Staging.rows(warehouse, DAY)).containsExactly("a");
  }

  @Test
  void movedInputIsHeld() throws IOException {
    var staged =
        new Staging(warehouse, "run-1").reading(Manifest.Input.of(SOURCE, 0)).stage(DAY, "a");
    new Publisher(warehouse, "run-0")
        .publish(new Staging(warehouse, "run-0").stage(SOURCE, "event"));

    assertThatThrownBy(() -> new Publisher(warehouse, "run-1").publish(staged))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.HELD))
        .hasMessage(
            "Cannot publish sales/dt=2019-10-01: its input events_daily/dt=2019-10-01 was version"
                + " 0 when it was read and is version 1 now (run again)");
    assertThat(warehouse.manifest(DAY)).isEmpty();
  }

  @Test
  void movedInputOfOnePartitionHoldsAllThatArePublishedWithIt() throws IOException {
    var next = Partition.ofDay("sales", DAY.day().plusDays(1));
    var staging = new Staging(warehouse, "run-1");
    var first = staging.stage(next, "b");
    var second = staging.reading(Manifest.Input.of(SOURCE, 1)).stage(DAY, "a");

    assertThatThrownBy(() -> new Publisher(warehouse, "run-1").publishAll(List.of(first, second)))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.HELD))
        .hasMessageContaining("its input events_daily/dt=2019-10-01 was version 1");
    assertThat(warehouse.manifest(DAY)).isEmpty();
    assertThat(warehouse.manifest(next)).isEmpty();
  }

  @Test
  void whatIsMadeFromAPartitionThatAnotherRunPublishedFirstIsNotPublished() throws IOException {
    var chain = chain("run-2", 1);
    publish("run-1", "first");

    assertThatThrownBy(() -> new Publisher(warehouse, "run-2").publishAll(chain))
        .hasMessageContaining("run run-1 of user")
        .hasMessageContaining("published it first, as revision 1 (run again)");
    assertThat(warehouse.manifest(chain.get(0).partition())).isEmpty();
    assertThat(Staging.rows(warehouse, DAY)).containsExactly("first");
  }

  @Test
  void inputThatIsPublishedWithWhatWasMadeFromItHasToGetTheVersionThatWasRead() throws IOException {
    var chain = chain("run-1", 7);

    assertThatThrownBy(() -> new Publisher(warehouse, "run-1").publishAll(chain))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.HELD))
        .hasMessage(
            "Cannot publish sales/dt=2019-10-02: its input sales/dt=2019-10-01 was version 7 when"
                + " it was read and is version 1 now (run again)");
    assertThat(warehouse.manifest(DAY)).isEmpty();
  }

  @Test
  void chainIsPublishedWholeThoughAReaderCarriesOutACommitOfItsMiddle() throws IOException {
    var chain = chain("run-1", 1);
    var intent = warehouse.layout().intent(DAY, 1);
    var read = new AtomicBoolean();
    var fs =
        new StepwiseFileSystem(
            (call, path) -> {
              if (new File(intent.toUri().getPath()).exists()
                  && !path.getName().startsWith("new-")
                  && read.compareAndSet(false, true)) {
                warehouse.manifest(DAY);
              }
            });
    fs.initialize(URI.create("file:///"), warehouse.configuration());
    var watched = Warehouse.over(fs, warehouse.root(), warehouse.configuration());

    assertThat(new Publisher(watched, "run-1").publishAll(chain)).hasSize(2);
    assertThat(read).isTrue();
    assertThat(Staging.rows(warehouse, chain.get(0).partition())).containsExactly("b");
  }

  /** A day, and before it the next day, which is made from it. */
  private List<StagedPartition> chain(String runId, int version) throws IOException {
    var first = new Staging(warehouse, runId).stage(DAY, "a");
    var second =
        new Staging(warehouse, runId)
            .reading(Manifest.Input.of(DAY, version))
            .stage(Partition.ofDay("sales", DAY.day().plusDays(1)), "b");
    return List.of(second, first);
  }

  @Test
  void missingFileIsNotPublished() throws IOException {
    var staged = new Staging(warehouse, "run-1").stage(DAY, "a");
    var file = new Path(warehouse.stagingOf("run-1", DAY), "part-run-1.txt");
    assertThat(warehouse.fileSystem().delete(file, false)).isTrue();

    assertThatThrownBy(() -> new Publisher(warehouse, "run-1").publish(staged))
        .hasMessage(
            "Cannot publish sales/dt=2019-10-01: " + file + " should have 2 bytes and is missing");
  }

  @Test
  void unexpectedFileIsNotPublished() throws IOException {
    var staged = new Staging(warehouse, "run-1").stage(DAY, "a");
    var folder = warehouse.stagingOf("run-1", DAY);
    warehouse.fileSystem().create(new Path(folder, "part-9")).close();

    assertThatThrownBy(() -> new Publisher(warehouse, "run-1").publish(staged))
        .hasMessage(
            "Cannot publish sales/dt=2019-10-01: unexpected files in " + folder + ": [part-9]");
  }
}
