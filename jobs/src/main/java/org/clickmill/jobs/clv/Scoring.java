package org.clickmill.jobs.clv;

import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.TaskSetting;

/**
 * What the tasks of the scoring job need to know.
 *
 * @param valuations the models of all customers first, and those of each cohort
 */
record Scoring(
    List<Valuation> valuations,
    int horizonDays,
    double discountRateMonthly,
    Quintiles recency,
    Quintiles frequency,
    Quintiles monetary) {
  private static final String KEY = "clickmill.internal.clv.scoring";

  Scoring {
    valuations = List.copyOf(valuations);
  }

  void write(Configuration configuration) {
    TaskSetting.write(configuration, KEY, this);
  }

  static Scoring read(Configuration configuration) {
    return TaskSetting.read(configuration, KEY, Scoring.class);
  }

  /**
   * What a customer is valued by, by the first day of the cohort since the epoch: that of the last
   * cohort that begins no later than the customer. Where the models of a cohort have no fit, those
   * of all customers stand in.
   */
  TreeMap<Integer, Valuation> byCohort() {
    var byCohort = new TreeMap<Integer, Valuation>();
    var ofAll = valuations.get(0);
    valuations.forEach(valuation -> byCohort.put(valuation.cohort(), valuation.or(ofAll)));
    return byCohort;
  }
}
