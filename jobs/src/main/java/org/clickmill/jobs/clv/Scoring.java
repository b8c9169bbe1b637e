package org.clickmill.jobs.clv;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.TaskSetting;

/**
 * What the tasks of the scoring job need to know.
 *
 * @param purchases the model of purchases, or null if none has a fit
 * @param values the model of their values, or null if none has a fit
 */
record Scoring(
    PurchaseModel purchases,
    SpendModel values,
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

  /** What to expect of the purchases of customers, or null if there is no model of them. */
  LifetimeValue lifetimeValue() {
    return purchases == null
        ? null
        : new LifetimeValue(purchases, horizonDays, discountRateMonthly);
  }
}
