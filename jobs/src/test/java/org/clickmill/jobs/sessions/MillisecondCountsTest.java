package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MillisecondCountsTest {
  @Test
  void quantileIsTheValueOfItsRank() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var counts = new MillisecondCounts();
      var values = new ArrayList<Long>();
      int size = 1 + random.nextInt(300);
      for (int i = 0; i < size; i++) {
        long value = random.nextInt(40);
        int times = 1 + random.nextInt(3);
        counts.add(value, times);
        values.addAll(Collections.nCopies(times, value));
      }
      Collections.sort(values);
      int percent = 1 + random.nextInt(100);
      int rank =
          BigDecimal.valueOf(percent, 2)
              .multiply(BigDecimal.valueOf(values.size()))
              .setScale(0, RoundingMode.CEILING)
              .intValueExact();
      assertThat(counts.quantile(counts.sorted(), percent))
          .as("seed %d, round %d: p %d of %s", seed, round, percent, values)
          .isEqualTo(values.get(rank - 1));
    }
  }

  @Test
  void medianOfTwoIsTheSmaller() {
    var counts = new MillisecondCounts();
    counts.add(9, 1);
    counts.add(3, 1);
    assertThat(counts.quantile(counts.sorted(), 50)).isEqualTo(3);
    assertThat(counts.quantile(counts.sorted(), 90)).isEqualTo(9);
  }
}
