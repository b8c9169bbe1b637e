package org.clickmill.jobs.clv;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A model of when customers buy again: {@link BgNbd}, or a simpler one that is its limit. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BgNbd.class, name = "bg/nbd"),
  @JsonSubTypes.Type(value = LimitOfBgNbd.class, name = "limit")
})
sealed interface PurchaseModel permits BgNbd, LimitOfBgNbd {
  /** The name of the model, as in the column {@code purchase_model}. */
  String label();

  /** The distribution of the purchase rates of active customers. */
  Rate rate();

  /** The distribution of the probability to leave after a purchase. */
  Dropout dropout();

  /** The log-likelihood of all customers. */
  double logLikelihood(SummaryCounts counts);

  /** The probability that the customer is still active at the end of observation. */
  double probabilityAlive(double x, double lastPurchase, double age);

  /** E[Y(t) | x, t_x, T]: the expected purchases in the time t after the end of observation. */
  double expectedPurchases(double t, double x, double lastPurchase, double age);
}
