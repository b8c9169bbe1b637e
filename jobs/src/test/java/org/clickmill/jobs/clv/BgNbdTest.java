package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against the numbers of the paper, whose times are weeks. */
final class BgNbdTest {
  private static final BgNbd PAPER = new BgNbd(0.243, 4.414, 0.793, 2.426);

  @Test
  void likelihoodIsStable() {
    var model = new BgNbd(0.25, 4, 0.8, 2.5);
    assertThat(model.logLikelihood(0, 0, 40)).isCloseTo(-0.59947382, within(1e-8));
    assertThat(model.logLikelihood(200, 38, 40)).isCloseTo(100.7957, within(1e-4));
  }

  @Test
  void likelihoodOfCountsIsTheSumOverTheirCustomers() {
    var counts = new SummaryCounts();
    counts.add(0, 0, 40, 3);
    counts.add(2, 30, 38, 1);
    counts.add(2, 31, 38, 2);
    double expected =
        3 * PAPER.logLikelihood(0, 0, 40)
            + PAPER.logLikelihood(2, 30, 38)
            + 2 * PAPER.logLikelihood(2, 31, 38);
    assertThat(PAPER.logLikelihood(counts)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void probabilityAliveIsOneWithoutRepeatPurchase() {
    assertThat(PAPER.probabilityAlive(0, 0, 38.86)).isEqualTo(1.0);
  }

  @Test
  void probabilityAliveDoesNotOverflow() {
    assertThat(PAPER.probabilityAlive(1000, 10, 100)).isEqualTo(0.0);
    assertThat(PAPER.expectedPurchases(39, 1000, 10, 100)).isEqualTo(0.0);
  }

  @Test
  void probabilityAliveIsItsFormula() {
    double odds = 0.793 / (2.426 + 1) * Math.pow((4.414 + 38.86) / (4.414 + 30.43), 2.243);
    assertThat(PAPER.probabilityAlive(2, 30.43, 38.86)).isCloseTo(1 / (1 + odds), within(1e-14));
  }

  @Test
  void conditionalExpectationIsAsPublished() {
    assertThat(PAPER.expectedPurchases(39, 2, 30.43, 38.86)).isCloseTo(1.226, within(5e-4));
  }

  @Test
  void expectationIsAsPublished() {
    // The published column was computed with the parameters before rounding.
    var model = new BgNbd(0.2425945, 4.4136019, 0.7929199, 2.4258881);
    var times = new double[] {0.1429, 1, 3, 31.8571, 32};
    var published = new double[] {0.0078, 0.0532, 0.1506, 1.0405, 1.0437};
    for (int i = 0; i < times.length; i++) {
      assertThat(model.expectedPurchases(times[i]))
          .as("t = %s", times[i])
          .isCloseTo(published[i], within(5e-5));
    }
    // At t = 78 it has 1.8576, the sum of the first 150 terms of the series; all of them give
    // 1.8580.
    assertThat(model.expectedPurchases(78)).isCloseTo(1.857956, within(5e-7));
    assertThat(model.expectedPurchases(78)).isCloseTo(1.8576, within(4e-4));
  }

  @Test
  void probabilityOfPurchasesIsAsPublished() {
    assertThat(PAPER.probabilityOfPurchases(10, 2)).isCloseTo(1.07869e-07, within(5e-13));
    assertThat(PAPER.probabilityOfPurchases(0, 39)).isCloseTo(0.5737864, within(5e-8));
  }

  @Test
  void probabilitiesOfPurchasesAddUpToTheirExpectation() {
    double sum = 0;
    double mean = 0;
    for (int n = 0; n < 600; n++) {
      double probability = PAPER.probabilityOfPurchases(n, 39);
      sum += probability;
      mean += n * probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-10));
    assertThat(mean).isCloseTo(PAPER.expectedPurchases(39), within(1e-8));
    assertThat(PAPER.probabilityOfPurchases(0, 0)).isEqualTo(1.0);
    assertThat(PAPER.probabilityOfPurchases(3, 0)).isZero();
  }

  @Test
  void hugeHistoriesStayFinite() {
    for (int x : new int[] {1, 1_000, 1_000_000}) {
      for (int lastPurchase : new int[] {1, 1_000_000}) {
        double likelihood = PAPER.logLikelihood(x, lastPurchase, 1_000_000);
        assertThat(likelihood).as("x = %d, t_x = %d", x, lastPurchase).isFinite();
        assertThat(PAPER.expectedPurchases(360, x, lastPurchase, 1_000_000)).isFinite();
      }
    }
  }

  @Test
  void parametersArePositiveNumbers() {
    assertThatThrownBy(() -> new BgNbd(0.2, Double.NaN, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("r = 0.2, alpha = NaN, a = 1.0, b = 2.0");
  }
}
