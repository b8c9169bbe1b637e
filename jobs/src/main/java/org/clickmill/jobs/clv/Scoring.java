package org.clickmill.jobs.clv;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.TaskSetting;

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

  void write(Configuration configuration) {
    TaskSetting.write(configuration, KEY, this);
  }

  static Scoring read(Configuration configuration) {
    return TaskSetting.read(configuration, KEY, Scoring.class);
  }

  /** What to expect of customers, or null if there is no model. */
  LifetimeValue lifetimeValue() {
    return purchases == null
        ? null
        : new LifetimeValue(purchases, values, horizonDays, discountRateMonthly);
  }
}
