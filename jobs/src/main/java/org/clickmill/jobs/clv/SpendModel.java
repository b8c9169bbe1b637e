package org.clickmill.jobs.clv;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A model of what purchases are worth: {@link GammaGamma}, or a simpler one that is its limit. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GammaGamma.class, name = "gamma-gamma"),
  @JsonSubTypes.Type(value = GammaSpend.class, name = "gamma"),
  @JsonSubTypes.Type(value = InverseGammaSpend.class, name = "inverse-gamma"),
  @JsonSubTypes.Type(value = ConstantSpend.class, name = "constant")
})
sealed interface SpendModel permits GammaGamma, GammaSpend, InverseGammaSpend, ConstantSpend {
  /** The name of the model, as in the column {@code spend_model}. */
  String label();

  /** The parameter p of Gamma-Gamma; NaN where the model has none. */
  default double p() {
    return Double.NaN;
  }

  /** The parameter q of Gamma-Gamma; NaN where the model has none. */
  default double q() {
    return Double.NaN;
  }

  /** The parameter v of Gamma-Gamma; NaN where the model has none. */
  default double v() {
    return Double.NaN;
  }

  /** The log-likelihood of all customers; infinite for a model that leaves nothing to chance. */
  double logLikelihood(ValueCounts counts);

  /** Whether values have a mean over all customers at all. */
  boolean hasMean();

  /** The mean value over all customers. */
  double mean();

  /**
   * E[M | x, m]: the expected value of a customer's purchase. It is the mean of all customers where
   * x is 0, and nothing where x is not and m ≤ 0: who returned as much as he bought, again and
   * again, is worth nothing.
   *
   * @param x purchases after the first
   * @param value m, their average value; without meaning if x is 0
   */
  default double expectedValue(double x, double value) {
    if (x <= 0) {
      return mean();
    }
    return value > 0 ? expectedOfRepeatCustomer(x, value) : 0;
  }

  /** The same, or NaN where values have no mean. */
  default double expectedOrNone(double x, double value) {
    return hasMean() ? expectedValue(x, value) : Double.NaN;
  }

  /** E[M | x, m] where x &gt; 0 and m &gt; 0. */
  double expectedOfRepeatCustomer(double x, double value);
}
