package org.clickmill.jobs.clv;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.Row;

/**
 * The models of a snapshot and what customers are scored by.
 *
 * @param acquiredSince the first purchase day of the customers that they are fitted to
 * @param models those of all customers, and those of each cohort in order
 * @param binned whether average values were rounded for the fit
 * @param scoring what the scoring job needs
 */
record FittedModels(
    LocalDate acquiredSince, List<CohortModels> models, boolean binned, Scoring scoring) {

  /** Fits the models of purchases; those of values are fitted as their table is read. */
  static FittedModels fit(CustomerCounts counts, Cohorts cohorts, Configuration configuration) {
    var fitter = new BgNbdFit(ClvSettings.MINIMUM_REPEAT_CUSTOMERS.get(configuration));
    var models = new ArrayList<CohortModels>();
    var fitted = cohorts.fitted(counts.histories());
    models.add(models(Cohorts.EVERYBODY, fitted, fitter, counts));
    cohorts
        .apart(fitted)
        .forEach((cohort, histories) -> models.add(models(cohort, histories, fitter, counts)));
    var scoring =
        new Scoring(
            models.stream().map(CohortModels::valuation).toList(),
            ClvSettings.HORIZON_DAYS.get(configuration),
            ClvSettings.DISCOUNT_RATE_MONTHLY.get(configuration),
            counts.recency(),
            counts.frequency(),
            counts.monetary());
    return new FittedModels(cohorts.acquiredSince(), models, counts.binned(), scoring);
  }

  private static CohortModels models(
      int cohort, SummaryCounts histories, BgNbdFit fitter, CustomerCounts counts) {
    return new CohortModels(
        cohort,
        histories.customers(),
        histories.repeatCustomers(),
        fitter.fit(histories),
        counts.values().of(cohort));
  }

  /** The models of all customers. */
  CohortModels ofAll() {
    return models.get(0);
  }

  /** Fills the row of clv_model for some of the models. */
  void fill(Row row, CohortModels some) {
    var schema = row.schema();
    row.clear();
    row.setLong(schema.ordinal("horizon_days"), scoring.horizonDays());
    row.setDouble(schema.ordinal("discount_rate_monthly"), scoring.discountRateMonthly());
    row.setLong(schema.ordinal("acquired_since"), acquiredSince.toEpochDay());
    row.setBoolean(schema.ordinal("values_binned"), binned);
    some.fill(row);
  }
}
