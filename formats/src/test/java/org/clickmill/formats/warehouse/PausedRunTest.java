package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process falls asleep at any call, another publishes, a third is in the middle of publishing, at
 * any call of its own, when the first wakes up. A random sample of the pairs of these; {@code
 * clickmill.test.crash-stride} 1 for all, {@code clickmill.test.seed} to repeat.
 */
class PausedRunTest {
  /** How far apart the calls of the third are on average. */
  private static final int STRIDE = Integer.getInteger("clickmill.test.crash-stride", 8);

  private static final Partition DAY = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));

  @TempDir java.nio.file.Path folder;
  private final Configuration configuration = new Configuration();
  private final long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private Path root;
  private Warehouse warehouse;
  private int rounds;

  @BeforeEach
  void newWarehouse() throws IOException {
    // Syncing changes nothing that another process could see.
    WarehouseSettings.SYNC.set(configuration, "false");
    rounds++;
    root = new Path(folder.resolve("mill-" + rounds).toUri());
    warehouse = Warehouse.openOrCreate(root, configuration);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(true, true),
        Arguments.of(true, false),
        Arguments.of(false, true),
        Arguments.of(false, false));
  }

  /** A later call. */
  private int next(int call) {
    return call + 1 + random.nextInt(2 * STRIDE - 1);
  }

  private static Publication publish(Warehouse warehouse, String runId, StagedPartition staged)
      throws IOException {
    return new Publisher(warehouse, runId).publish(staged);
  }

  private StagedPartition stage(String runId, int base, String row) throws IOException {
    return new Staging(warehouse, runId).stageOn(base, DAY, row);
  }

  @ParameterizedTest(name = "late renews: {0}, second renews: {1}")
  @MethodSource("kinds")
  void publisherThatSleptLosesOrHasWon(boolean late, boolean second) throws Exception {
    boolean latePaused = true;
    for (int lateAt = 1; latePaused; lateAt++) {
      boolean thirdPaused = true;
      for (int thirdAt = next(0); thirdPaused; thirdAt = next(thirdAt)) {
        newWarehouse();
        publish(warehouse, "run-0", stage("run-0", 0, "x"));
        var lateStaged = stage("late", 1, late ? "x" : "late");
        var secondStaged = stage("second", 1, second ? "x" : "second");

        var lateRun =
            PausedRun.start(configuration, root, lateAt, mill -> publish(mill, "late", lateStaged));
        latePaused = lateRun.isPaused();
        var secondResult =
            PausedRun.start(configuration, root, 0, mill -> publish(mill, "second", secondStaged));
        var published = warehouse.manifest(DAY).orElseThrow();
        var thirdStaged = stage("third", published.revision(), "third");
        var thirdRun =
            PausedRun.startPausedAtChange(
                configuration, root, thirdAt, mill -> publish(mill, "third", thirdStaged));
        thirdPaused = thirdRun.isPaused();

        var description = "seed " + seed + ", late asleep at " + lateAt + ", third at " + thirdAt;
        boolean lateWon = hasWon(lateRun.finish(), description);
        boolean secondWon = hasWon(secondResult.finish(), description);
        assertThat(lateWon).as(description).isNotEqualTo(secondWon);
        assertThat(hasWon(thirdRun.finish(), description)).as(description).isTrue();
        assertEndsWithThird(3, description);
      }
    }
  }

  @ParameterizedTest(name = "late renews: {0}, second renews: {1}")
  @MethodSource("kinds")
  void recoveryThatSleptDoesNoHarm(boolean late, boolean second) throws Exception {
    boolean latePaused = true;
    for (int lateAt = 1; latePaused; lateAt++) {
      boolean thirdPaused = true;
      for (int thirdAt = next(0); thirdPaused; thirdAt = next(thirdAt)) {
        newWarehouse();
        publish(warehouse, "run-0", stage("run-0", 0, "x"));
        var dead = stage("dead", 1, dead(late));
        var secondStaged = stage("second", 2, second ? dead(late) : "second");
        commitAndDie(dead);

        var lateRun =
            PausedRun.start(
                configuration,
                root,
                lateAt,
                mill -> {
                  mill.recover();
                  return null;
                });
        latePaused = lateRun.isPaused();
        var secondResult =
            PausedRun.start(configuration, root, 0, mill -> publish(mill, "second", secondStaged));
        var thirdStaged = stage("third", 3, "third");
        var thirdRun =
            PausedRun.startPausedAtChange(
                configuration, root, thirdAt, mill -> publish(mill, "third", thirdStaged));
        thirdPaused = thirdRun.isPaused();

        var description =
            "seed " + seed + ", recovery asleep at " + lateAt + ", third at " + thirdAt;
        assertThat(lateRun.finish()).as(description).isCompleted();
        assertThat(hasWon(secondResult.finish(), description)).as(description).isTrue();
        assertThat(hasWon(thirdRun.finish(), description)).as(description).isTrue();
        assertEndsWithThird(4, description);
      }
    }
  }

  @Test
  void readerThatSleptSeesWhatWasOrIs() throws Exception {
    boolean paused = true;
    for (int readerAt = 1; paused; readerAt++) {
      newWarehouse();
      publish(warehouse, "run-0", stage("run-0", 0, "x"));
      commitAndDie(stage("dead", 1, "dead"));

      var reader =
          PausedRun.start(
              configuration, root, readerAt, mill -> mill.manifests("sales", null, null));
      paused = reader.isPaused();
      publish(warehouse, "second", stage("second", 2, "second"));

      assertThat(reader.finish().get().get(DAY).runId())
          .as("reader asleep at %d", readerAt)
          .isIn("dead", "second");
    }
  }

  private static String dead(boolean renews) {
    return renews ? "x" : "dead";
  }

  /** Does everything up to the commit, and nothing after. */
  private void commitAndDie(StagedPartition staged) throws IOException {
    var committed = new AtomicBoolean();
    var fs =
        new StepwiseFileSystem(
            (call, path) -> {
              if (committed.get()) {
                throw new IOException("dead");
              }
              committed.set(call.equals("rename") && path.toString().contains("/_intents/"));
            });
    fs.initialize(URI.create("file:///"), configuration);
    var mill = Warehouse.over(fs, root, configuration);
    try {
      publish(mill, "dead", staged);
    } catch (IOException e) {
      assertThat(e).hasMessage("dead");
      return;
    }
    throw new AssertionError("still alive");
  }

  private static boolean hasWon(CompletableFuture<Publication> result, String description) {
    if (!result.isCompletedExceptionally()) {
      return true;
    }
    var failure = result.handle((publication, e) -> e).join();
    assertThat(failure)
        .as(description)
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.HELD));
    return false;
  }

  private void assertEndsWithThird(int revision, String description) throws IOException {
    warehouse.recover();
    var manifest = warehouse.manifest(DAY).orElseThrow();
    assertThat(manifest.runId()).as(description).isEqualTo("third");
    assertThat(manifest.revision()).as(description).isEqualTo(revision);
    assertThat(Staging.rows(warehouse, DAY)).as(description).containsExactly("third");
    assertThat(warehouse.fileSystem().listStatus(new Path(root, "_intents/sales")))
        .as(description)
        .isEmpty();
  }
}
