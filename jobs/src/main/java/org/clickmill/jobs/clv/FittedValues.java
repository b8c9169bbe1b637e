package org.clickmill.jobs.clv;

import java.util.HashMap;
import java.util.Map;

/**
 * Fits models to the average values of cohorts that come one after another, so that those of one
 * cohort are in memory.
 */
final class FittedValues {
  private final GammaGammaFit fitter;
  private final Map<Integer, Values> fits = new HashMap<>();
  private ValueCounts counts = new ValueCounts();
  private int cohort = Cohorts.EVERYBODY;

  /**
   * What came of fitting the values of a cohort.
   *
   * @param correlation of x and m; NaN where either is the same for all
   */
  record Values(Fit<SpendModel> fit, double correlation) {}

  FittedValues(GammaGammaFit fitter) {
    this.fitter = fitter;
  }

  /**
   * Adds customers; rows come in ascending order of the cohort, x and m.
   *
   * @param next the first day of the cohort since the epoch, or {@link Cohorts#EVERYBODY}
   * @param value m, scaled by 10^4
   */
  void add(int next, int x, long value, long customers) {
    if (next != cohort) {
      finish();
      cohort = next;
    }
    counts.add(x, value, customers);
  }

  /** To be called when all were added. */
  FittedValues finish() {
    fits.put(cohort, fit(counts));
    counts = new ValueCounts();
    return this;
  }

  private Values fit(ValueCounts some) {
    return new Values(fitter.fit(some), some.correlation());
  }

  /** The fit of a cohort, which may have had no values. */
  Values of(int some) {
    return fits.computeIfAbsent(some, key -> fit(new ValueCounts()));
  }
}
