package org.clickmill.jobs.clv;

import org.hipparchus.special.Gamma;
import org.hipparchus.util.FastMath;

/**
 * Customers do not differ in what they spend: all purchases are worth Gamma(p, p/mean). The limit
 * of {@link GammaGamma} as q and v grow without limit and p·v/(q−1) stays the mean: Gamma(q, v)
 * shrinks to the point p/mean, and E[M | x, m] = p·(v + x·m)/(p·x + q − 1) to the mean.
 */
record GammaSpend(double p, double mean) implements SpendModel {
  @Override
  public String label() {
    return "gamma";
  }

  /** The average of x values is Gamma(p·x, p·x/mean). */
  @Override
  public double logLikelihood(ValueCounts counts) {
    return RowSums.sum(counts.size(), (from, to) -> logLikelihood(counts, from, to));
  }

  private double logLikelihood(ValueCounts counts, int from, int to) {
    double sum = 0;
    double logMean = FastMath.log(mean);
    double ofFrequency = 0;
    for (int row = from; row < to; row++) {
      double shape = p * counts.x(row);
      if (row == from || counts.x(row) != counts.x(row - 1)) {
        ofFrequency = shape * FastMath.log(shape) - Gamma.logGamma(shape);
      }
      double ratio = counts.logValue(row) - logMean;
      double ofValue = shape * (ratio - FastMath.exp(ratio)) - counts.logValue(row);
      sum += counts.count(row) * (ofFrequency + ofValue);
    }
    return sum;
  }

  @Override
  public boolean hasMean() {
    return true;
  }

  @Override
  public double expectedOfRepeatCustomer(double x, double value) {
    return mean;
  }
}
