package org.clickmill.jobs.clv;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The customers of a day that models are fitted to, and which of them share models. Both follow
 * from the day of the first purchase, which the age T tells.
 *
 * @param by which customers share models besides those of all
 * @param acquiredSince customers who first bought before this day are left out
 * @param today the end of observation
 */
record Cohorts(FitBy by, LocalDate acquiredSince, LocalDate today) {
  /** Represents all customers in the place of a cohort; sorts before each. */
  static final int EVERYBODY = Integer.MIN_VALUE;

  static Cohorts of(Configuration configuration, LocalDate today) {
    return new Cohorts(
        ClvSettings.FIT_BY.get(configuration),
        ClvSettings.ACQUIRED_SINCE.get(configuration),
        today);
  }

  /** Whether cohorts have models of their own. */
  boolean areApart() {
    return by != FitBy.ALL;
  }

  /**
   * The cohort of a customer: the first day of its period since the epoch, or {@link #EVERYBODY}.
   */
  int of(int age) {
    return areApart() ? Math.toIntExact(by.start(today.minusDays(age)).toEpochDay()) : EVERYBODY;
  }

  /** Whether models are fitted to a customer of this age. */
  boolean isFitted(int age) {
    return age <= ChronoUnit.DAYS.between(acquiredSince, today);
  }

  /** The histories of the customers that models are fitted to. */
  SummaryCounts fitted(SummaryCounts all) {
    return all.where(this::isFitted);
  }

  /**
   * The histories of each cohort of those that models are fitted to, in order; none where all
   * customers share one model.
   */
  SortedMap<Integer, SummaryCounts> apart(SummaryCounts fitted) {
    var cohorts = new TreeMap<Integer, SummaryCounts>();
    if (areApart()) {
      for (int row = 0; row < fitted.size(); row++) {
        cohorts
            .computeIfAbsent(of(fitted.age(row)), start -> new SummaryCounts())
            .add(fitted.x(row), fitted.lastPurchase(row), fitted.age(row), fitted.count(row));
      }
    }
    return cohorts;
  }
}
