package org.clickmill.jobs.groupby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuantileMeasureTest {
  @Test
  void smallNumbersAreExact() {
    for (long value = -1_024; value < 1_024; value++) {
      assertThat(QuantileMeasure.middle(QuantileMeasure.bucket(value))).isEqualTo(value);
    }
  }

  @Test
  void otherNumbersAreWithinOneInAThousandAndKeepTheirOrder() {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >> random.nextInt(Long.SIZE);
      long found = QuantileMeasure.middle(QuantileMeasure.bucket(value));
      assertThat(Math.abs((double) found - value))
          .as("%d, seed %d", value, seed)
          .isLessThanOrEqualTo(Math.abs(value / 1_000.0));
      long other = random.nextLong() >> random.nextInt(Long.SIZE);
      int order = Integer.compare(QuantileMeasure.bucket(value), QuantileMeasure.bucket(other));
      assertThat(order == 0 || order == Long.compare(value, other))
          .as("%d and %d, seed %d", value, other, seed)
          .isTrue();
    }
  }

  @Test
  void largestAndSmallestNumbersHaveBuckets() {
    assertThat(QuantileMeasure.bucket(Long.MAX_VALUE)).isEqualTo(28_159);
    assertThat(QuantileMeasure.bucket(Long.MIN_VALUE)).isEqualTo(-28_160);
    assertThat(QuantileMeasure.middle(28_159)).isPositive();
    assertThat(QuantileMeasure.middle(-28_160)).isNegative();
  }
}
