package org.clickmill.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.live.LiveState.IdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids are found in the earliest bucket that any run has them in, however runs are merged. */
final class IdIndexTest {
  private static final String DAY = "dt=2024-03-01";

  @TempDir private Path folder;

  @Test
  void idsAreFoundInTheEarliestBucketOfAllRuns() throws IOException {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var files = new LiveFiles(new LocalWarehouse(folder).warehouse(), "run");
    var expected = new HashMap<Long, Integer>();
    List<IdRun> runs = List.of();
    for (int round = 0; round < 30; round++) {
      // Of all hashes, or of a few that lie close together, where no place can be computed.
      long spread = round % 3 == 0 ? 3_000 : Long.MAX_VALUE;
      var added = new TreeMap<Long, Integer>(Long::compareUnsigned);
      int size = random.nextInt(5_000);
      for (int i = 0; i < size; i++) {
        added.put(random.nextLong(spread) * (random.nextBoolean() ? 1 : -1), random.nextInt(288));
      }
      try (var index = new IdIndex(files, DAY, runs)) {
        for (var id : added.entrySet()) {
          int found = index.find(id.getKey(), ~id.getKey());
          assertThat(found)
              .as("seed %d, round %d, id %d", seed, round, id.getKey())
              .isEqualTo(expected.getOrDefault(id.getKey(), -1));
          if (found < 0 || id.getValue() < found) {
            index.add(id.getKey(), ~id.getKey(), id.getValue());
            expected.put(id.getKey(), id.getValue());
          }
        }
        runs = index.runs();
      }
      assertThat(runs).hasSizeLessThanOrEqualTo(6);
    }
    assertAllAreFound(files, runs, expected);
  }

  /** Whichever block is looked at, and whether ids are looked up or merged. */
  @Test
  void aRunWithABitFlippedOrTooShortIsCalledDamaged() throws IOException {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var files = new LiveFiles(new LocalWarehouse(folder).warehouse(), "run");
    List<IdRun> runs;
    try (var index = new IdIndex(files, DAY, List.of())) {
      for (long id = 0; id < 2_000; id++) {
        index.add(id << 52, id, (int) (id % 288));
      }
      runs = index.runs();
    }
    var file = Path.of(files.path(DAY, runs.get(0).name()).toUri().getPath());
    var content = Files.readAllBytes(file);
    assertThat(content).hasSize(2_000 * 18 + 4 * Integer.BYTES);
    for (int flip = 0; flip < 100; flip++) {
      var damaged = content.clone();
      damaged[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertDamaged(files, runs, "seed " + seed);
    }
    Files.write(file, Arrays.copyOf(content, random.nextInt(content.length)));
    assertDamaged(files, runs, "seed " + seed);
  }

  private static void assertDamaged(LiveFiles files, List<IdRun> runs, String description)
      throws IOException {
    try (var index = new IdIndex(files, DAY, runs)) {
      assertThatThrownBy(
              () -> {
                for (long id = 0; id < 2_000; id++) {
                  index.find(id << 52, id);
                }
              })
          .as(description)
          .isInstanceOf(ClickmillException.class)
          .hasMessageContaining("is not as it was written. Delete the folder _live;");
    }
    var seven = Collections.nCopies(7, runs.get(0));
    try (var index = new IdIndex(files, DAY, seven)) {
      assertThatThrownBy(index::runs)
          .as(description)
          .isInstanceOf(ClickmillException.class)
          .hasMessageContaining("Damaged file: ");
    }
  }

  private static void assertAllAreFound(
      LiveFiles files, List<IdRun> runs, Map<Long, Integer> expected) throws IOException {
    var sorted = new TreeMap<Long, Integer>(Long::compareUnsigned);
    sorted.putAll(expected);
    try (var index = new IdIndex(files, DAY, runs)) {
      for (var id : sorted.entrySet()) {
        assertThat(index.find(id.getKey(), ~id.getKey())).isEqualTo(id.getValue());
      }
    }
  }
}
