package org.clickmill.jobs.clv;

/**
 * The models that customers of a cohort, or all customers, are valued by.
 *
 * @param cohort its first day since the epoch, or {@link Cohorts#EVERYBODY}
 * @param purchases the model of purchases, or null if none has a fit
 * @param values the model of their values, or null if none has a fit
 * @param uncertainty how exactly the model of values is known; null if that is unknown
 */
record Valuation(
    int cohort, PurchaseModel purchases, SpendModel values, Uncertainty<SpendModel> uncertainty) {

  /** The same models, and others where there is none. */
  Valuation or(Valuation others) {
    return new Valuation(
        cohort,
        purchases == null ? others.purchases : purchases,
        values == null ? others.values : values,
        values == null ? others.uncertainty : uncertainty);
  }
}
