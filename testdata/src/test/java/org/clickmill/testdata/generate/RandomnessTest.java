package org.clickmill.testdata.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RandomnessTest {
  @Test
  void numbersAreTheSameForEver() {
    assertThat(Randomness.of(0, 0)).isEqualTo(0xe220a8397b1dcdafL);
    assertThat(Randomness.of(0, 1)).isEqualTo(0x6e789e6aa1b965f4L);
  }

  @Test
  void fractionsAreEven() {
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double fraction = Randomness.fraction(Randomness.of(42, i));
      assertThat(fraction).isBetween(0.0, Math.nextDown(1.0));
      sum += fraction;
    }
    assertThat(sum / 100_000).isCloseTo(0.5, within(0.005));
  }

  @Test
  void firstQuarterOfTheRanksIsDrawnHalfOfTheTime() {
    int head = 0;
    for (int i = 0; i < 100_000; i++) {
      long rank = Randomness.rank(Randomness.of(7, i), 1000);
      assertThat(rank).isBetween(0L, 999L);
      head += rank < 250 ? 1 : 0;
    }
    assertThat(head).isBetween(49_000, 51_000);
  }

  @Test
  void quantilesKeepMedianAndBounds() {
    var quantiles = Quantiles.logLogistic(100, 1, 5, 2000);
    int below = 0;
    for (int i = 0; i < 100_000; i++) {
      long value = quantiles.value(Randomness.of(1, i));
      assertThat(value).isBetween(5L, 2000L);
      below += value < 100 ? 1 : 0;
    }
    assertThat(below).isBetween(49_000, 51_000);
  }

  @Test
  void powerLawHasAHeavyTail() {
    long[] lengths = Quantiles.powerLaw(1.17, 500);
    assertThat(lengths).contains(1, 2, 3, 10, 500);
    assertThat(Arrays.stream(lengths).average().orElseThrow()).isCloseTo(4.44, within(0.05));
  }
}
