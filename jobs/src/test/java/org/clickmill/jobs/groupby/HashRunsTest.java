package org.clickmill.jobs.groupby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class HashRunsTest {
  private record Hash(long high, long low) {}

  @RepeatedTest(5)
  void hashesOfAllRunsAreCountedOnce() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    System.out.println("-Dclickmill.test.seed=" + seed);
    var random = new Random(seed);
    var all = new HashSet<Hash>();
    try (var runs = new HashRuns()) {
      for (int run = 0; run < random.nextInt(40); run++) {
        var hashes = new HashSet<Hash>();
        int size = random.nextInt(2_000);
        for (int i = 0; i < size; i++) {
          hashes.add(new Hash(random.nextInt(9) - 4, random.nextInt(4_000) - 2_000));
        }
        all.addAll(hashes);
        runs.add(
            hashes.stream().mapToLong(Hash::high).toArray(),
            hashes.stream().mapToLong(Hash::low).toArray(),
            hashes.size());
      }
      assertThat(runs.countDistinct()).as("seed %d", seed).isEqualTo(all.size());
      assertThat(runs.countDistinct()).as("seed %d, again", seed).isEqualTo(all.size());
    }
  }

  @Test
  void noRunsHaveNoHashes() throws Exception {
    try (var runs = new HashRuns()) {
      assertThat(runs.countDistinct()).isZero();
    }
  }
}
