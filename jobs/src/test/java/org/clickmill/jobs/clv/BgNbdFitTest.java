package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BgNbdFitTest {

  @Test
  void nobodyIsNotFitted() {
    assertThat(new BgNbdFit(10).fit(new SummaryCounts()).reason())
        .isEqualTo("0 repeat customers, fewer than 10");
  }

  @Test
  void onlyOneTimeBuyersAreNotFittedEvenWithoutMinimum() {
    var counts = new SummaryCounts();
    counts.add(0, 0, 30, 1_000);
    var fit = new BgNbdFit(0).fit(counts);
    assertThat(fit.converged()).isFalse();
    assertThat(fit.reason()).isEqualTo("0 repeat customers, fewer than 1");
  }

  @Test
  void tooFewRepeatCustomersAreNotFitted() {
    var counts = new SummaryCounts();
    counts.add(0, 0, 30, 1_000);
    counts.add(1, 5, 30, 9);
    assertThat(new BgNbdFit(10).fit(counts).reason())
        .isEqualTo("9 repeat customers, fewer than 10");
  }

  @Test
  void customersAllAlikeHaveTheSimplestModel() {
    var counts = new SummaryCounts();
    counts.add(3, 90, 90, 500);
    var fit = new BgNbdFit(10).fit(counts);
    assertThat(fit.reason()).isNull();
    assertThat(fit.model().label()).isEqualTo("poisson");
    assertThat(fit.model().rate().mean()).isCloseTo(3.0 / 90, within(1e-6));
    assertThat(fit.model().probabilityAlive(3, 60, 90)).isEqualTo(1);
  }

  @Test
  void customersOfWhomNobodyLeavesHaveTheModelWithoutDropout() {
    var counts = new SummaryCounts();
    for (int x = 0; x < 8; x++) {
      counts.add(x, x == 0 ? 0 : 90, 90, 800 >> x);
    }
    var fit = new BgNbdFit(10).fit(counts);
    assertThat(fit.reason()).isNull();
    assertThat(fit.model().label()).isEqualTo("nbd");
    assertThat(fit.model().dropout().mean()).isZero();
  }

  @Test
  void parametersOfSimulatedCustomersAreFound() {
    long seed = new Random().nextLong();
    var truth = new BgNbd(0.6, 60, 0.9, 3);
    var counts = Simulation.histories(truth, 60_000, new Random(seed));
    var fit = new BgNbdFit(10).fit(counts);
    assertThat(fit.reason()).as("seed %d", seed).isNull();
    assertThat(fit.logLikelihood())
        .as("seed %d: the fit is likelier than the truth", seed)
        .isGreaterThanOrEqualTo(truth.logLikelihood(counts));
    var model = (BgNbd) fit.model();
    assertThat(model.r()).as("seed %d", seed).isBetween(0.5, 0.7);
    assertThat(model.alpha()).as("seed %d", seed).isBetween(50.0, 72.0);
    assertThat(model.dropout().mean()).as("seed %d", seed).isBetween(0.18, 0.28);
  }
}
