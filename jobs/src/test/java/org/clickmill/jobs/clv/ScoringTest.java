package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoringTest {
  private static final PurchaseModel OF_ALL = new BgNbd(0.2, 30, 0.8, 2.4);
  private static final PurchaseModel OF_COHORT = new BgNbd(0.3, 30, 0.8, 2.4);
  private static final SpendModel SPEND_OF_ALL = new GammaGamma(6, 3, 15);
  private static final SpendModel SPEND_OF_COHORT = new GammaGamma(6, 4, 15);

  private final Scoring scoring =
      new Scoring(
          List.of(
              new Valuation(Cohorts.EVERYBODY, OF_ALL, SPEND_OF_ALL, null),
              new Valuation(100, OF_COHORT, SPEND_OF_COHORT, null),
              new Valuation(130, OF_COHORT, null, null),
              new Valuation(160, null, null, null)),
          360,
          0.01,
          null,
          null,
          null);

  @Test
  void customersAreValuedByTheirCohort() {
    var byCohort = scoring.byCohort();
    assertThat(byCohort.floorEntry(100).getValue().purchases()).isEqualTo(OF_COHORT);
    assertThat(byCohort.floorEntry(129).getValue().values()).isEqualTo(SPEND_OF_COHORT);
    assertThat(byCohort.floorEntry(99).getValue().purchases()).isEqualTo(OF_ALL);
  }

  @Test
  void whatTheCohortHasNoModelOfIsValuedByThatOfAll() {
    var byCohort = scoring.byCohort();
    var half = byCohort.floorEntry(130).getValue();
    assertThat(half.purchases()).isEqualTo(OF_COHORT);
    assertThat(half.values()).isEqualTo(SPEND_OF_ALL);
    assertThat(byCohort.floorEntry(161).getValue().purchases()).isEqualTo(OF_ALL);
  }
}
