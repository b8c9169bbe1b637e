package org.clickmill.jobs.clv;

import org.hipparchus.util.FastMath;

/**
 * A model of purchases that BG/NBD comes near as parameters grow without limit or fall to 0. Where
 * the likelihood of BG/NBD has no maximum inside, it has one here.
 *
 * <p>Given λ and p, the likelihood of a history is (Fader, Hardie and Lee 2005, section 4.2)
 *
 * <pre>
 * (1−p)^x · λ^x · e^(−λT) + (x &gt; 0) · p · (1−p)^(x−1) · λ^x · e^(−λ·t_x)
 * </pre>
 *
 * and λ and p are independent, so each term is a product of two means, of the rate and of the
 * dropout: {@link Rate} and {@link Dropout}. An active customer's λ is distributed as among all who
 * bought x times in T, his p as among all who stayed x times.
 *
 * <p>With a gamma rate and no dropout this is the NBD model of repeat buying (Ehrenberg, "The
 * Pattern of Consumer Purchases", Applied Statistics 8, 1959): every customer is active and expects
 * (r+x)/(α+T)·t purchases (Morrison and Schmittlein, "Generalizing the NBD Model for Customer
 * Purchases", Journal of Business and Economic Statistics 6(2), 1988).
 */
record LimitOfBgNbd(Rate rate, Dropout dropout) implements PurchaseModel {

  @Override
  public String label() {
    return dropout.prefix() + rate.label();
  }

  @Override
  public double logLikelihood(SummaryCounts counts) {
    return RowSums.sum(counts.size(), (from, to) -> logLikelihood(counts, from, to));
  }

  private double logLikelihood(SummaryCounts counts, int from, int to) {
    double sum = 0;
    double ofFrequency = 0;
    double stays = 0;
    double leaves = 0;
    for (int row = from; row < to; row++) {
      int x = counts.x(row);
      if (row == from || x != counts.x(row - 1)) {
        ofFrequency = rate.ofFrequency(x);
        stays = dropout.logStays(x);
        leaves = x == 0 ? Double.NEGATIVE_INFINITY : dropout.logLeaves(x);
      }
      double active = stays + rate.ofTime(x, counts.age(row));
      double left = leaves + rate.ofTime(x, counts.lastPurchase(row));
      sum += counts.count(row) * (ofFrequency + logOfSum(active, left));
    }
    return sum;
  }

  /** ln(e^first + e^second); either may be minus infinity. */
  private static double logOfSum(double first, double second) {
    double larger = FastMath.max(first, second);
    return larger == Double.NEGATIVE_INFINITY
        ? larger
        : larger + FastMath.log1p(FastMath.exp(FastMath.min(first, second) - larger));
  }

  @Override
  public double probabilityAlive(double x, double lastPurchase, double age) {
    double leaves = x == 0 ? Double.NEGATIVE_INFINITY : dropout.logLeaves((int) x);
    if (leaves == Double.NEGATIVE_INFINITY) {
      return 1;
    }
    double odds =
        leaves - dropout.logStays((int) x) + rate.ofTime(x, lastPurchase) - rate.ofTime(x, age);
    return 1 / (1 + FastMath.exp(odds));
  }

  @Override
  public double expectedPurchases(double t, double x, double lastPurchase, double age) {
    double alive = probabilityAlive(x, lastPurchase, age);
    return alive == 0 ? 0 : alive * dropout.after((int) x).expectedPurchases(rate.after(x, age), t);
  }
}
