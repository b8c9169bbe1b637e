package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of orders in which runs could publish, read, recover and die, file by file. */
class InterleavingTest {
  private static final Partition DAY = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));
  private static final int ROUNDS = 60;

  private final Configuration configuration = new Configuration();

  @TempDir java.nio.file.Path folder;

  /** What a run that was told to have published had in mind. */
  private record Commit(String runId, String row, int version) {}

  @Test
  void everyRevisionIsPublishedOnceAndWhole() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      long roundSeed = random.nextLong();
      try {
        play(new Path(folder.resolve("mill-" + round).toUri()), roundSeed);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + roundSeed + " of " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void play(Path root, long seed) throws Exception {
    var scheduler = new Scheduler(seed);
    var clean = Warehouse.openOrCreate(root, configuration);
    var commits = new ConcurrentSkipListMap<Integer, Commit>();
    var actors = new TreeMap<String, Scheduler.Actor>();
    for (int i = 0; i < 3; i++) {
      var name = "run-" + i;
      var actorRandom = new Random(seed + i);
      var warehouse = stepwise(scheduler, root);
      actors.put(name, () -> publishSome(warehouse, name, actorRandom, commits));
    }
    var readers = stepwise(scheduler, root);
    actors.put("reader", () -> readSome(readers));
    scheduler.run(actors);

    var last = clean.manifest(DAY);
    clean.recover();
    assertThat(commits).isNotEmpty();
    var manifest = last.orElseThrow();
    assertThat(manifest.revision()).isEqualTo(commits.size());
    assertThat(commits.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, commits.size()).boxed().toList());
    var winner = commits.lastEntry().getValue();
    assertThat(Staging.rows(clean, DAY)).containsExactly(winner.row());
    assertThat(manifest.version()).isEqualTo(winner.version());
    assertThat(clean.fileSystem().listStatus(new Path(root, "_intents/sales"))).isEmpty();
  }

  private Warehouse stepwise(Scheduler scheduler, Path root) throws IOException {
    var fs = new StepwiseFileSystem((call, path) -> scheduler.step());
    fs.initialize(URI.create("file:///"), configuration);
    return Warehouse.over(fs, root, configuration);
  }

  private static void publishSome(
      Warehouse warehouse, String name, Random random, Map<Integer, Commit> commits)
      throws IOException {
    for (int turn = 0; turn < 3; turn++) {
      var runId = name + "-" + turn;
      var row = random.nextBoolean() ? "a" : "b";
      var staged = new Staging(warehouse, runId).stage(DAY, row);
      try {
        var publication = new Publisher(warehouse, runId).publish(staged);
        var before =
            commits.put(staged.baseRevision() + 1, new Commit(runId, row, publication.version()));
        assertThat(before).as("published twice").isNull();
      } catch (ClickmillException e) {
        assertThat(e).satisfies(held -> assertThat(e.failure()).isEqualTo(Failure.HELD));
      }
    }
  }

  /** Sees one revision after the other, and for each what its manifest says. */
  private static void readSome(Warehouse warehouse) throws IOException {
    int seen = 0;
    for (int turn = 0; turn < 6; turn++) {
      int revision = warehouse.manifest(DAY).map(Manifest::revision).orElse(0);
      assertThat(revision).isGreaterThanOrEqualTo(seen);
      seen = revision;
      if (turn % 2 == 0) {
        warehouse.recover();
      }
      var listed = warehouse.manifests("sales", null, null).get(DAY);
      revision = listed == null ? 0 : listed.revision();
      assertThat(revision).as("listed").isGreaterThanOrEqualTo(seen);
      seen = revision;
    }
  }
}
