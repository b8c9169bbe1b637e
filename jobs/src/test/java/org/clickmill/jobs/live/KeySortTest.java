package org.clickmill.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys come out in order, whether or not they have room in memory. */
final class KeySortTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 10_000, 1_000_000_000})
  void keysComeInTheOrderOfTheirBytes(long memoryBytes) throws IOException {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var expected = new ArrayList<byte[]>();
    try (var sort = new KeySort(memoryBytes)) {
      for (int i = 0; i < 1_000; i++) {
        var key = new byte[random.nextInt(random.nextInt(20) == 0 ? 200_000 : 20)];
        random.nextBytes(key);
        sort.add(key);
        expected.add(key);
      }
      expected.sort(Arrays::compareUnsigned);
      try (var keys = sort.sorted()) {
        for (var key : expected) {
          assertThat(keys.next()).as("seed %d", seed).isEqualTo(key);
        }
        assertThat(keys.next()).isNull();
      }
    }
  }
}
