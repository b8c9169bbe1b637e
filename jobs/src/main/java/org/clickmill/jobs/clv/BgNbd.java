package org.clickmill.jobs.clv;

import org.clickmill.jobs.clv.Dropout.BetaDropout;
import org.clickmill.jobs.clv.Rate.GammaRate;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;
import org.hipparchus.util.FastMath;

/**
 * The BG/NBD model of repeat purchases: an active customer buys at random times with a rate drawn
 * from Gamma(r, α), and leaves after each purchase with a probability drawn from Beta(a, b).
 *
 * <p>Fader, Hardie and Lee, "Counting Your Customers the Easy Way", Marketing Science 24(2), 2005;
 * the likelihood in the form of Hardie's note 027 (brucehardie.com/notes/027), which neither
 * overflows nor underflows. All four parameters are positive; alpha is in the unit of the times.
 */
record BgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

  BgNbd {
    if (!(isPositive(r) && isPositive(alpha) && isPositive(a) && isPositive(b))) {
      throw new IllegalArgumentException(
          "r = " + r + ", alpha = " + alpha + ", a = " + a + ", b = " + b);
    }
  }

  private static boolean isPositive(double parameter) {
    return parameter > 0 && parameter < Double.POSITIVE_INFINITY;
  }

  @Override
  public String label() {
    return "bg/nbd";
  }

  @Override
  public Rate rate() {
    return new GammaRate(r, alpha);
  }

  @Override
  public Dropout dropout() {
    return new BetaDropout(a, b);
  }

  /** The log-likelihood of one customer's history. */
  double logLikelihood(double x, double lastPurchase, double age) {
    return ofFrequency(x)
        + ofTimes(
            x, FastMath.log(alpha), FastMath.log(alpha + lastPurchase), FastMath.log(alpha + age));
  }

  @Override
  public double logLikelihood(SummaryCounts counts) {
    var logarithms = new double[counts.maximumAge() + 1];
    for (int day = 0; day < logarithms.length; day++) {
      logarithms[day] = FastMath.log(alpha + day);
    }
    return RowSums.sum(counts.size(), (from, to) -> logLikelihood(counts, from, to, logarithms));
  }

  /**
   * @param logarithms ln(α+t) for each day t
   */
  private double logLikelihood(SummaryCounts counts, int from, int to, double[] logarithms) {
    double sum = 0;
    double ofFrequency = 0;
    for (int row = from; row < to; row++) {
      int x = counts.x(row);
      if (row == from || x != counts.x(row - 1)) {
        ofFrequency = ofFrequency(x);
      }
      double last = logarithms[counts.lastPurchase(row)];
      double ofTimes = ofTimes(x, logarithms[0], last, logarithms[counts.age(row)]);
      sum += counts.count(row) * (ofFrequency + ofTimes);
    }
    return sum;
  }

  /** D1 of the note: ln Γ(r+x)/Γ(r) + ln B(a, b+x)/B(a, b). */
  private double ofFrequency(double x) {
    if (x == 0) {
      return 0;
    }
    return logRising(r, x) + Beta.logBeta(a, b + x) - Beta.logBeta(a, b);
  }

  /** D2 + ln(C3 + C4) of the note, from the logarithms of α, α+t_x and α+T. */
  private double ofTimes(double x, double logAlpha, double logLast, double logAge) {
    double rate = r * logAlpha - (r + x) * logLast;
    double since = (r + x) * (logAge - logLast);
    if (x == 0) {
      return rate - since;
    }
    return rate + FastMath.log(FastMath.exp(-since) + a / (b + x - 1));
  }

  /** ln Γ(r+x)/Γ(r), with the digits that the difference of two large logarithms would lose. */
  private static double logRising(double r, double x) {
    return Gamma.logGamma(x) - Beta.logBeta(r, x);
  }

  @Override
  public double probabilityAlive(double x, double lastPurchase, double age) {
    if (x == 0) {
      return 1;
    }
    double since = (r + x) * FastMath.log1p((age - lastPurchase) / (alpha + lastPurchase));
    return 1 / (1 + a / (b + x - 1) * FastMath.exp(since));
  }

  /** E[X(t)]: the expected purchases of a new customer in the time t after the first one. */
  double expectedPurchases(double t) {
    return ExpectedPurchases.whileActive(r, alpha, a, b, t);
  }

  @Override
  public double expectedPurchases(double t, double x, double lastPurchase, double age) {
    return probabilityAlive(x, lastPurchase, age)
        * ExpectedPurchases.whileActive(r + x, alpha + age, a, b + x, t);
  }

  /** P(X(t) = n): the probability that a new customer buys n more times in the time t. */
  double probabilityOfPurchases(int n, double t) {
    double u = t / (alpha + t);
    double none = r * FastMath.log1p(-u);
    if (n == 0) {
      return FastMath.exp(none);
    }
    if (u == 0) {
      return 0;
    }
    double active = logRising(r, n) - Gamma.logGamma(n + 1.0) + none + n * FastMath.log(u);
    double stays = Beta.logBeta(a, b + n) - Beta.logBeta(a, b);
    double leaves = Beta.logBeta(a + 1, b + n - 1) - Beta.logBeta(a, b);
    // One minus the probability of fewer than n is an incomplete beta function, without cancelling.
    return FastMath.exp(active + stays) + FastMath.exp(leaves) * Beta.regularizedBeta(u, n, r);
  }
}
