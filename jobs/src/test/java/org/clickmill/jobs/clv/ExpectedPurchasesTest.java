package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.hipparchus.special.Beta;
import org.junit.jupiter.api.Test;

final class ExpectedPurchasesTest {
  private static final double PER_MILLIONTH = 1e-4;

  @Test
  void hypergeometricEqualsEulersIntegral() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      double a = 0.2 + random.nextDouble() * 6;
      double b = 1.5 + random.nextDouble() * 6;
      double c = b + 1.5 + random.nextDouble() * 6;
      double z = -3 + random.nextDouble() * 3.9;
      double integral =
          integrate(s -> Math.pow(s, b - 1) * Math.pow(1 - s, c - b - 1) * Math.pow(1 - z * s, -a))
              / Math.exp(Beta.logBeta(b, c - b));
      assertThat(Hypergeometric.gauss(a, b, c, z))
          .as("seed %d: 2F1(%s, %s; %s; %s)", seed, a, b, c, z)
          .isCloseTo(integral, withinPercentage(PER_MILLIONTH));
    }
  }

  @Test
  void seriesEqualsThePapersFormula() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      double r = 0.05 + random.nextDouble() * 30;
      double alpha = 1 + random.nextDouble() * 300;
      double a = 0.1 + random.nextDouble() * 5;
      double b = 0.1 + random.nextDouble() * 30;
      double t = 1 + random.nextDouble() * 700;
      if (Math.abs(a - 1) < 0.01 || Math.abs(a + b - 1) < 0.01) {
        continue;
      }
      double z = t / (alpha + t);
      double expected =
          (a + b - 1)
              / (a - 1)
              * (1 - Math.pow(alpha / (alpha + t), r) * Hypergeometric.gauss(r, b, a + b - 1, z));
      assertThat(ExpectedPurchases.whileActive(r, alpha, a, b, t))
          .as("seed %d: r %s, alpha %s, a %s, b %s, t %s", seed, r, alpha, a, b, t)
          .isCloseTo(expected, withinPercentage(PER_MILLIONTH));
    }
  }

  @Test
  void seriesEqualsTheIntegralOverTheProbabilityToLeave() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      double r = 0.05 + random.nextDouble() * 30;
      double alpha = 1 + random.nextDouble() * 300;
      double a = round % 10 == 0 ? 1 : 0.5 + random.nextDouble() * 5;
      double b = 1 + random.nextDouble() * 10;
      double t = 1 + random.nextDouble() * 700;
      double expected =
          integrate(s -> purchases(s, r, alpha, a, b, t)) / Math.exp(Beta.logBeta(a, b));
      assertThat(ExpectedPurchases.whileActive(r, alpha, a, b, t))
          .as("seed %d: r %s, alpha %s, a %s, b %s, t %s", seed, r, alpha, a, b, t)
          .isCloseTo(expected, withinPercentage(0.001));
    }
  }

  /**
   * (1 − (1 + p·t/α)^−r) / p under the beta density of p, but for its factor; p is a smooth step
   * from 0 to 1, so that the density's poles at both ends are not there for the integrator.
   */
  private static double purchases(double s, double r, double alpha, double a, double b, double t) {
    double p = step(s);
    double slope = 30 * s * s * (1 - s) * (1 - s);
    return -Math.expm1(-r * Math.log1p(p * t / alpha))
        * Math.pow(p, a - 2)
        * Math.pow(step(1 - s), b - 1)
        * slope;
  }

  private static double step(double s) {
    return s * s * s * (10 - 15 * s + 6 * s * s);
  }

  private static double integrate(UnivariateFunction function) {
    return new IterativeLegendreGaussIntegrator(30, 1e-9, 1e-14)
        .integrate(10_000_000, function, 0, 1);
  }

  @Test
  void whoNeverLeavesBuysAtHisRate() {
    assertThat(ExpectedPurchases.whileActive(3, 10, 1e-12, 1e3, 50)).isCloseTo(15, within(1e-9));
  }

  @Test
  void whoAlwaysLeavesBuysAtMostOnce() {
    double atAll = 1 - Math.pow(10.0 / 60, 3);
    assertThat(ExpectedPurchases.whileActive(3, 10, 1e12, 1e-3, 50)).isCloseTo(atAll, within(1e-9));
  }

  @Test
  void nothingIsExpectedInNoTime() {
    assertThat(ExpectedPurchases.whileActive(0.2, 30, 1, 2, 0)).isZero();
  }

  @Test
  void largeAndSmallNumbersStayFinite() {
    for (double r : new double[] {1e-4, 0.3, 1e3}) {
      for (double alpha : new double[] {0.1, 10, 1e6}) {
        for (double a : new double[] {1e-4, 1, 1e4}) {
          for (double b : new double[] {1e-4, 1, 1e5}) {
            for (double t : new double[] {1e-6, 360}) {
              assertThat(ExpectedPurchases.whileActive(r, alpha, a, b, t))
                  .as("r %s, alpha %s, a %s, b %s, t %s", r, alpha, a, b, t)
                  .isPositive()
                  .isLessThanOrEqualTo(r * t / alpha * (1 + 1e-9));
            }
          }
        }
      }
    }
  }
}
