package org.clickmill.jobs.clv;

/**
 * All purchases of all customers are worth the same: the limit of {@link GammaGamma} as p and q
 * grow without limit and p·v/(q−1) stays the mean. Its density is infinite where it holds.
 */
record ConstantSpend(double mean) implements SpendModel {
  @Override
  public String label() {
    return "constant";
  }

  @Override
  public double logLikelihood(ValueCounts counts) {
    return Double.POSITIVE_INFINITY;
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
