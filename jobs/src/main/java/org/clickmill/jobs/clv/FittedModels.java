package org.clickmill.jobs.clv;

import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.write.Row;

/**
 * The models of a snapshot and what customers are scored by.
 *
 * @param scoring what the scoring job needs
 */
record FittedModels(
    CondensedTables counts, Fit<BgNbd> purchases, Fit<GammaGamma> values, Scoring scoring) {

  static FittedModels fit(CondensedTables counts, Configuration configuration) {
    int minimum = ClvSettings.MINIMUM_REPEAT_CUSTOMERS.get(configuration);
    var purchases = new BgNbdFit(minimum).fit(counts.histories());
    var values = new GammaGammaFit(minimum).fit(counts.values());
    boolean both = purchases.converged() && values.converged();
    var scoring =
        new Scoring(
            both ? purchases.model() : null,
            both ? values.model() : null,
            ClvSettings.HORIZON_DAYS.get(configuration),
            ClvSettings.DISCOUNT_RATE_MONTHLY.get(configuration),
            counts.recency(),
            counts.frequency(),
            counts.monetary());
    return new FittedModels(counts, purchases, values, scoring);
  }

  boolean converged() {
    return purchases.converged() && values.converged();
  }

  /** Why there is no model, or null if there is. */
  String reason() {
    var reasons = new ArrayList<String>();
    if (!purchases.converged()) {
      reasons.add("BG/NBD: " + purchases.reason());
    }
    if (!values.converged()) {
      reasons.add("Gamma-Gamma: " + values.reason());
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  /** Fills the row of clv_model. */
  void fill(Row row) {
    var schema = row.schema();
    row.clear();
    row.setLong(schema.ordinal("horizon_days"), scoring.horizonDays());
    row.setDouble(schema.ordinal("discount_rate_monthly"), scoring.discountRateMonthly());
    if (purchases.converged()) {
      row.setDouble(schema.ordinal("r"), purchases.model().r());
      row.setDouble(schema.ordinal("alpha"), purchases.model().alpha());
      row.setDouble(schema.ordinal("a"), purchases.model().a());
      row.setDouble(schema.ordinal("b"), purchases.model().b());
      row.setDouble(schema.ordinal("bgnbd_log_likelihood"), purchases.logLikelihood());
    }
    if (values.converged()) {
      row.setDouble(schema.ordinal("p"), values.model().p());
      row.setDouble(schema.ordinal("q"), values.model().q());
      row.setDouble(schema.ordinal("v"), values.model().v());
      row.setDouble(schema.ordinal("gamma_gamma_log_likelihood"), values.logLikelihood());
    }
    row.setLong(schema.ordinal("customers"), counts.histories().customers());
    row.setLong(schema.ordinal("repeat_customers"), counts.histories().repeatCustomers());
    row.setBoolean(schema.ordinal("converged"), converged());
    row.setText(schema.ordinal("reason"), reason());
    row.setBoolean(schema.ordinal("values_binned"), counts.binned());
  }
}
