package org.clickmill.jobs.clv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hadoop.conf.Configuration;

/**
 * What the tasks of the scoring job need to know.
 *
 * @param purchases the model of purchases, or null if one of the models has no fit
 * @param values the model of their values, or null if one of the models has no fit
 */
record Scoring(
    BgNbd purchases,
    GammaGamma values,
    int horizonDays,
    double discountRateMonthly,
    Quintiles recency,
    Quintiles frequency,
    Quintiles monetary) {
  private static final String KEY = "clickmill.internal.clv.scoring";
  private static final ObjectMapper JSON = new ObjectMapper();

  void write(Configuration configuration) {
    try {
      configuration.set(KEY, JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Scoring read(Configuration configuration) {
    try {
      return JSON.readValue(configuration.get(KEY), Scoring.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Invalid setting " + KEY, e);
    }
  }

  /** What to expect of customers, or null if there is no model. */
  LifetimeValue lifetimeValue() {
    return purchases == null
        ? null
        : new LifetimeValue(purchases, values, horizonDays, discountRateMonthly);
  }
}
