package org.clickmill.jobs.clv;

import org.hipparchus.special.Beta;
import org.hipparchus.util.FastMath;

/**
 * The Gamma-Gamma model of the value of purchases: a customer's values are Gamma(p, ν) with ν drawn
 * from Gamma(q, v). Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", note 025, 2013
 * (brucehardie.com/notes/025). All three parameters are positive; v is in the unit of the values.
 */
record GammaGamma(double p, double q, double v) implements SpendModel {

  GammaGamma {
    if (!(isPositive(p) && isPositive(q) && isPositive(v))) {
      throw new IllegalArgumentException("p = " + p + ", q = " + q + ", v = " + v);
    }
  }

  private static boolean isPositive(double parameter) {
    return parameter > 0 && parameter < Double.POSITIVE_INFINITY;
  }

  @Override
  public String label() {
    return "gamma-gamma";
  }

  /** The log-likelihood of the average value m &gt; 0 of x &gt; 0 purchases. */
  double logLikelihood(double x, double value) {
    return ofValue(x, FastMath.log(x), FastMath.log(value), FastMath.log(v))
        - Beta.logBeta(p * x, q);
  }

  @Override
  public double logLikelihood(ValueCounts counts) {
    return RowSums.sum(counts.size(), (from, to) -> logLikelihood(counts, from, to));
  }

  private double logLikelihood(ValueCounts counts, int from, int to) {
    double sum = 0;
    double logV = FastMath.log(v);
    double logX = 0;
    double logBeta = 0;
    for (int row = from; row < to; row++) {
      int x = counts.x(row);
      if (row == from || x != counts.x(row - 1)) {
        logX = FastMath.log(x);
        logBeta = Beta.logBeta(p * x, q);
      }
      sum += counts.count(row) * (ofValue(x, logX, counts.logValue(row), logV) - logBeta);
    }
    return sum;
  }

  /** ln of (v/(v+m·x))^q · (m·x/(v+m·x))^(p·x) / m. */
  private double ofValue(double x, double logX, double logValue, double logV) {
    double ratio = logX + logValue - logV;
    return p * x * ratio - (p * x + q) * FastMath.log1p(FastMath.exp(ratio)) - logValue;
  }

  @Override
  public boolean hasMean() {
    return q > 1;
  }

  /** The mean value over all customers, p·v/(q−1). */
  @Override
  public double mean() {
    if (!hasMean()) {
      throw new IllegalStateException("q = " + q + ": the values have no mean");
    }
    return p * v / (q - 1);
  }

  @Override
  public double expectedOfRepeatCustomer(double x, double value) {
    return hasMean() ? p * (v + x * value) / (p * x + q - 1) : mean();
  }
}
