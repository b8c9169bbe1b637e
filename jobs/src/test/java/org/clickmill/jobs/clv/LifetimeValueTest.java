package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LifetimeValueTest {
  private static final BgNbd PURCHASES = new BgNbd(0.243, 30.9, 0.793, 2.426);

  @Test
  void monthsAreDiscountedOneByOne() {
    var lifetime = new LifetimeValue(PURCHASES, 90, 0.01);
    double first = PURCHASES.expectedPurchases(30, 2, 213, 272);
    double second = PURCHASES.expectedPurchases(60, 2, 213, 272);
    double third = PURCHASES.expectedPurchases(90, 2, 213, 272);
    var outlook = lifetime.outlook(2, 213, 272);
    assertThat(outlook.expectedPurchases()).isEqualTo(third);
    assertThat(outlook.probabilityAlive()).isEqualTo(PURCHASES.probabilityAlive(2, 213, 272));
    assertThat(outlook.discountedPurchases())
        .isCloseTo(
            first / 1.01 + (second - first) / 1.0201 + (third - second) / 1.030301, within(1e-14));
  }

  @Test
  void withoutDiscountEveryPurchaseCountsWhole() {
    var outlook = new LifetimeValue(PURCHASES, 360, 0).outlook(5, 100, 120);
    assertThat(outlook.discountedPurchases()).isCloseTo(outlook.expectedPurchases(), within(1e-12));
  }

  @Test
  void lastMonthMayBeShort() {
    var outlook = new LifetimeValue(PURCHASES, 40, 0.01).outlook(2, 213, 272);
    double first = PURCHASES.expectedPurchases(30, 2, 213, 272);
    double whole = PURCHASES.expectedPurchases(40, 2, 213, 272);
    assertThat(outlook.discountedPurchases())
        .isCloseTo(first / 1.01 + (whole - first) / 1.0201, within(1e-14));
  }
}
