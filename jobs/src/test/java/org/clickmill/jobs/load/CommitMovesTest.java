package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a commit of the loader moves, and what it does not. */
@Timeout(60)
class CommitMovesTest {
  private static final String NAME = "part-0000000001.avro";

  @TempDir Path folder;
  private LocalWarehouse shop;
  private CommitLog log;

  @BeforeEach
  void open() throws IOException {
    shop = new LocalWarehouse(folder);
    log = new CommitLog(shop.warehouse());
  }

  private static Commit commit(String runId, String dataset, String path, String name) {
    var file =
        new StagedFile(
            dataset,
            path,
            new DataFile(name, 1, 1, "crc32c:0123abcd"),
            new Fingerprint(1, 1, 1),
            new TreeMap<>(),
            new TreeMap<>());
    return new Commit(
        1,
        1,
        runId,
        "user",
        "suite",
        Instant.EPOCH,
        Instant.EPOCH,
        "mapping",
        List.of(),
        List.of(),
        List.of(),
        List.of(file),
        List.of(),
        null,
        null,
        null);
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri().getPath());
  }

  private Commit staged() throws IOException {
    var commit = commit("run-1", "events", "dt=2019-10-01/hr=00", NAME);
    var staged = local(log.staged(commit, commit.files().get(0)));
    Files.createDirectories(staged.getParent());
    Files.writeString(staged, "staged");
    Files.createDirectories(local(log.placed(commit.files().get(0))).getParent());
    return commit;
  }

  @Test
  void moveThatWasKilledBetweenLinkAndDeletionIsCompleted() throws Exception {
    var commit = staged();
    var staged = local(log.staged(commit, commit.files().get(0)));
    var placed = local(log.placed(commit.files().get(0)));
    Files.createLink(placed, staged);

    new RollForward(shop.run(), log).complete(commit);

    assertThat(placed).hasContent("staged");
    assertThat(staged).doesNotExist();
    assertThat(log.isDone(commit)).isTrue();
  }

  @Test
  void twoFilesOfOneNameAreNamed() throws Exception {
    var commit = staged();
    var placed = log.placed(commit.files().get(0));
    Files.writeString(local(placed), "another");

    assertThatThrownBy(() -> new RollForward(shop.run(), log).complete(commit))
        .hasMessage(
            "Cannot move file of commit 1: it is both %s and %s. If one of them was restored by"
                + " hand, delete the one in the staging folder, and run load again.",
            log.staged(commit, commit.files().get(0)), placed);
  }

  @Test
  void commitThatLeadsElsewhereIsRefused() throws Exception {
    var commits =
        List.of(
            commit("..", "events", "dt=2019-10-01/hr=00", NAME),
            commit("run-1", "../sales", "dt=2019-10-01/hr=00", NAME),
            commit("run-1", "events", "../sales/dt=2019-10-01", NAME),
            commit("run-1", "events", "dt=2019-10-01/hr=00", "../" + NAME));
    for (var commit : commits) {
      var path =
          new org.apache.hadoop.fs.Path(shop.warehouse().loaderFolder(), "commits/0000000001.json");
      shop.warehouse().disk().write(path, CommitJson.write(commit));

      assertThatThrownBy(() -> log.read(1))
          .hasMessageMatching("Invalid commit: .*: it (is of a run named|lists a file) .*");
    }
  }
}
