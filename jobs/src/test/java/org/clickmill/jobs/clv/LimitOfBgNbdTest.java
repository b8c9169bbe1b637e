package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.clv.Dropout.BernoulliDropout;
import org.clickmill.jobs.clv.Dropout.BetaDropout;
import org.clickmill.jobs.clv.Dropout.FixedDropout;
import org.clickmill.jobs.clv.Dropout.NoDropout;
import org.clickmill.jobs.clv.Rate.FixedRate;
import org.clickmill.jobs.clv.Rate.GammaRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LimitOfBgNbdTest {
  private static final Rate GAMMA = new GammaRate(0.6, 60);
  private static final Rate FIXED = new FixedRate(0.01);
  private static final double HUGE = 1e7;
  private static final double TINY = 1e-8;

  /** A limit, and the model with parameters near the border. */
  static Stream<Arguments> limits() {
    double r = HUGE;
    double alpha = HUGE / 0.01;
    return Stream.of(
        limit("nbd", GAMMA, new NoDropout(), new BgNbd(0.6, 60, TINY, 3)),
        limit("nbd", GAMMA, new NoDropout(), new BgNbd(0.6, 60, 1, 1 / TINY)),
        limit(
            "geometric/nbd",
            GAMMA,
            new FixedDropout(0.3),
            new BgNbd(0.6, 60, 0.3 * HUGE, 0.7 * HUGE)),
        limit(
            "bernoulli/nbd",
            GAMMA,
            new BernoulliDropout(0.3),
            new BgNbd(0.6, 60, 0.3 * TINY, 0.7 * TINY)),
        limit("bg/nbd", GAMMA, new BetaDropout(0.8, 2.5), new BgNbd(0.6, 60, 0.8, 2.5)),
        limit("poisson", FIXED, new NoDropout(), new BgNbd(r, alpha, TINY, 3)),
        limit(
            "geometric/poisson",
            FIXED,
            new FixedDropout(0.3),
            new BgNbd(r, alpha, 0.3 * HUGE, 0.7 * HUGE)),
        limit(
            "bernoulli/poisson",
            FIXED,
            new BernoulliDropout(0.3),
            new BgNbd(r, alpha, 0.3 * TINY, 0.7 * TINY)),
        limit("bg/poisson", FIXED, new BetaDropout(0.8, 2.5), new BgNbd(r, alpha, 0.8, 2.5)));
  }

  private static Arguments limit(String label, Rate rate, Dropout dropout, BgNbd near) {
    return Arguments.of(label, new LimitOfBgNbd(rate, dropout), near);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("limits")
  void limitIsNearTheModelAtItsBorder(String label, LimitOfBgNbd limit, BgNbd near) {
    assertThat(limit.label()).isEqualTo(label);
    var counts = new SummaryCounts();
    counts.add(0, 0, 300, 3);
    counts.add(0, 0, 500, 2);
    counts.add(1, 7, 300, 2);
    counts.add(1, 400, 500, 1);
    assertThat(limit.logLikelihood(counts)).isCloseTo(near.logLikelihood(counts), within(1e-4));
    for (int row = 0; row < counts.size(); row++) {
      int x = counts.x(row);
      int last = counts.lastPurchase(row);
      int age = counts.age(row);
      assertThat(limit.probabilityAlive(x, last, age))
          .isCloseTo(near.probabilityAlive(x, last, age), within(1e-5));
      for (int t : new int[] {1, 30, 360}) {
        assertThat(limit.expectedPurchases(t, x, last, age))
            .as("t = %d, row %d", t, row)
            .isCloseTo(near.expectedPurchases(t, x, last, age), within(1e-4));
      }
    }
  }

  @Test
  void expectedPurchasesAreTheMeanOfSimulatedCustomers() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int customers = 200_000;
    long purchases = 0;
    for (int i = 0; i < customers; i++) {
      double time = 0;
      while (true) {
        time -= Math.log(1 - random.nextDouble()) / 0.01;
        if (time > 360) {
          break;
        }
        purchases++;
        if (random.nextDouble() < 0.3) {
          break;
        }
      }
    }
    assertThat(new LimitOfBgNbd(FIXED, new FixedDropout(0.3)).expectedPurchases(360, 0, 0, 100))
        .as("seed %d", seed)
        .isCloseTo((double) purchases / customers, within(0.03));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("limits")
  void tasksReadTheModelThatTheDriverWrote(String label, LimitOfBgNbd limit, BgNbd near) {
    for (var purchases : new PurchaseModel[] {limit, near}) {
      var spends =
          new SpendModel[] {
            null,
            new GammaGamma(6, 3, 15),
            new GammaSpend(2, 9),
            new InverseGammaSpend(3, 9),
            new ConstantSpend(5)
          };
      for (var spend : spends) {
        var uncertainty =
            spend == null ? null : new Uncertainty<>(List.of(spend, spend), List.of(spend, spend));
        var valuation = new Valuation(Cohorts.EVERYBODY, purchases, spend, uncertainty);
        var scoring = new Scoring(List.of(valuation), 360, 0.01, null, null, null);
        var configuration = new Configuration(false);
        scoring.write(configuration);
        assertThat(Scoring.read(configuration)).isEqualTo(scoring);
      }
    }
  }
}
