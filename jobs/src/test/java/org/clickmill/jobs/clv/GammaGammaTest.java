package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.TreeMap;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

final class GammaGammaTest {
  private static final GammaGamma PUBLISHED = new GammaGamma(6.25, 3.74, 15.44);

  @Test
  void likelihoodIsTheNotesFormula() {
    double x = 3;
    double m = 27.5;
    double p = 6.25;
    double q = 3.74;
    double v = 15.44;
    double expected =
        Gamma.logGamma(p * x + q)
            - Gamma.logGamma(p * x)
            - Gamma.logGamma(q)
            + q * Math.log(v)
            + (p * x - 1) * Math.log(m)
            + p * x * Math.log(x)
            - (p * x + q) * Math.log(x * m + v);
    assertThat(PUBLISHED.logLikelihood(x, m)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void whoTellsNothingIsExpectedToSpendTheMean() {
    assertThat(PUBLISHED.mean()).isCloseTo(35.22, within(0.1));
    assertThat(PUBLISHED.expectedValue(0, Double.NaN)).isEqualTo(PUBLISHED.mean());
  }

  @Test
  void whoReturnedAllThatHeBoughtIsExpectedToSpendNothing() {
    assertThat(PUBLISHED.expectedValue(2, 0)).isZero();
    assertThat(PUBLISHED.expectedValue(2, -3)).isZero();
    assertThat(new ConstantSpend(7).expectedValue(1, -3)).isZero();
  }

  @Test
  void expectationGoesFromTheMeanToTheCustomersOwn() {
    assertThat(PUBLISHED.expectedValue(1, 100)).isBetween(PUBLISHED.mean(), 100.0);
    assertThat(PUBLISHED.expectedValue(1_000_000, 100)).isCloseTo(100, within(1e-3));
  }

  @Test
  void thereIsNoMeanWhereQIsOneOrLess() {
    var model = new GammaGamma(2, 1, 10);
    assertThat(model.hasMean()).isFalse();
    assertThatThrownBy(() -> model.expectedValue(3, 20))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("q = 1.0: the values have no mean");
  }

  @Test
  void tooFewCustomersAreNotFitted() {
    var counts = new ValueCounts();
    counts.add(1, 100_000, 4);
    assertThat(new GammaGammaFit(10).fit(counts).reason())
        .isEqualTo("4 repeat customers, fewer than 10, have a positive value");
  }

  @Test
  void valuesAllTheSameAreConstant() {
    var counts = new ValueCounts();
    counts.add(1, 100_000, 40);
    counts.add(2, 100_000, 40);
    var fit = new GammaGammaFit(10).fit(counts);
    assertThat(fit.reason()).isNull();
    assertThat(fit.model().label()).isEqualTo("constant");
    assertThat(fit.model().expectedValue(0, 0)).isCloseTo(10, within(1e-9));
  }

  @Test
  void valuesThatDoNotDependOnTheNumberOfPurchasesAreEachCustomersOwn() {
    var counts = new ValueCounts();
    for (int x = 1; x <= 6; x++) {
      for (int i = 0; i < 200; i++) {
        counts.add(x, Math.round(1e4 * 30 / (3.5 - 3.3 * i / 200)), 1);
      }
    }
    var fit = new GammaGammaFit(10).fit(counts);
    assertThat(fit.reason()).isNull();
    assertThat(fit.model().label()).isEqualTo("inverse-gamma");
    assertThat(fit.model().expectedValue(3, 42)).isEqualTo(42);
  }

  @Test
  void limitsAreNearTheModelAtItsBorder() {
    var counts = simulate(4, 3, 30, 500, 7);
    var gamma = new GammaSpend(4, 60);
    var nearGamma = new GammaGamma(4, 1e7, 15e7);
    assertThat(gamma.logLikelihood(counts))
        .isCloseTo(nearGamma.logLikelihood(counts), within(0.05));
    assertThat(nearGamma.expectedValue(3, 42)).isCloseTo(gamma.expectedValue(3, 42), within(1e-4));
    var inverse = new InverseGammaSpend(3, 120);
    var nearInverse = new GammaGamma(1e7, 3, 120e-7);
    assertThat(nearInverse.mean()).isCloseTo(inverse.mean(), within(1e-9));
    assertThat(nearInverse.expectedValue(3, 42)).isCloseTo(42, within(1e-4));
    assertThat(inverse.logLikelihood(counts))
        .isCloseTo(nearInverse.logLikelihood(counts), within(0.05));
  }

  @Test
  void valuesWithoutMeanAreRefused() {
    long seed = new Random().nextLong();
    var fit = new GammaGammaFit(10).fit(simulate(4, 0.6, 10, 4_000, seed));
    assertThat(fit.converged()).as("seed %d", seed).isFalse();
    assertThat(fit.reason())
        .as("seed %d", seed)
        .matches("q = 0\\.\\d{4} is not above 1: values have no mean");
  }

  @Test
  void parametersOfSimulatedCustomersAreFound() {
    long seed = new Random().nextLong();
    var counts = simulate(4, 3, 30, 30_000, seed);
    var fit = new GammaGammaFit(10).fit(counts);
    assertThat(fit.reason()).as("seed %d", seed).isNull();
    assertThat(fit.logLikelihood())
        .as("seed %d: the fit is likelier than the truth", seed)
        .isGreaterThanOrEqualTo(new GammaGamma(4, 3, 30).logLikelihood(counts));
    assertThat(fit.model().p()).as("seed %d", seed).isBetween(3.6, 4.4);
    assertThat(fit.model().q()).as("seed %d", seed).isBetween(2.7, 3.3);
  }

  private static ValueCounts simulate(double p, double q, double v, int customers, long seed) {
    var random = new Random(seed);
    var rows = new TreeMap<Integer, TreeMap<Long, Long>>();
    for (int i = 0; i < customers; i++) {
      int x = 1 + random.nextInt(6);
      double scale = v / Simulation.gamma(q, random);
      double mean = Simulation.gamma(p * x, random) * scale / x;
      long value = Math.max(1, Math.round(mean * 1e4));
      rows.computeIfAbsent(x, key -> new TreeMap<>()).merge(value, 1L, Long::sum);
    }
    var counts = new ValueCounts();
    rows.forEach((x, values) -> values.forEach((value, count) -> counts.add(x, value, count)));
    return counts;
  }
}
