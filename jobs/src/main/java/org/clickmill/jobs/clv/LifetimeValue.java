package org.clickmill.jobs.clv;

/**
 * What a customer is expected to buy within the horizon, each month's purchases discounted:
 * Σ_{i=1…n} (E[Y(30·i)] − E[Y(30·(i−1))]) / (1+d)^i, in months of 30 days. A horizon that is no
 * multiple of 30 ends with a shorter month.
 */
final class LifetimeValue {
  static final int MONTH_DAYS = 30;

  private final PurchaseModel purchases;
  private final int horizonDays;
  private final double monthlyDiscount;

  /** What is expected of a history, in purchases. */
  record Outlook(double probabilityAlive, double expectedPurchases, double discountedPurchases) {}

  LifetimeValue(PurchaseModel purchases, int horizonDays, double monthlyDiscount) {
    this.purchases = purchases;
    this.horizonDays = horizonDays;
    this.monthlyDiscount = monthlyDiscount;
  }

  /** What is expected of customers with this history, in purchases. */
  Outlook outlook(int x, int lastPurchase, int age) {
    double before = 0;
    double discounted = 0;
    double factor = 1;
    for (int day = 0; day < horizonDays; ) {
      day = Math.min(horizonDays, day + MONTH_DAYS);
      factor /= 1 + monthlyDiscount;
      double expected = purchases.expectedPurchases(day, x, lastPurchase, age);
      discounted += (expected - before) * factor;
      before = expected;
    }
    return new Outlook(purchases.probabilityAlive(x, lastPurchase, age), before, discounted);
  }
}
