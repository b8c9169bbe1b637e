package org.clickmill.jobs.clv;

import org.hipparchus.special.Gamma;
import org.hipparchus.util.FastMath;

/**
 * All purchases of a customer are worth the same, and customers differ: the value is inverse gamma,
 * 1/value ~ Gamma(q, w). The limit of {@link GammaGamma} as p grows without limit and v falls to 0
 * while p·v stays w: a customer's values, Gamma(p, ν) with mean p/ν, shrink to that mean, and E[M |
 * x, m] = p·(v + x·m)/(p·x + q − 1) to m.
 *
 * @param q shape; values have a mean if it is above 1
 * @param w scale, in the unit of the values
 */
record InverseGammaSpend(double q, double w) implements SpendModel {
  @Override
  public String label() {
    return "inverse-gamma";
  }

  @Override
  public double logLikelihood(ValueCounts counts) {
    double constant = q * FastMath.log(w) - Gamma.logGamma(q);
    return RowSums.sum(
        counts.size(),
        (from, to) -> {
          double sum = 0;
          for (int row = from; row < to; row++) {
            double logValue = counts.logValue(row);
            double ofValue = -(q + 1) * logValue - w * FastMath.exp(-logValue);
            sum += counts.count(row) * (constant + ofValue);
          }
          return sum;
        });
  }

  @Override
  public boolean hasMean() {
    return q > 1;
  }

  @Override
  public double mean() {
    if (!hasMean()) {
      throw new IllegalStateException("q = " + q + ": the values have no mean");
    }
    return w / (q - 1);
  }

  @Override
  public double expectedOfRepeatCustomer(double x, double value) {
    return value;
  }
}
