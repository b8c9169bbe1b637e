package org.clickmill.jobs.clv;

import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.Row;

/**
 * The models of a snapshot and what customers are scored by.
 *
 * @param scoring what the scoring job needs
 */
record FittedModels(
    CustomerCounts counts, Fit<PurchaseModel> purchases, Fit<SpendModel> values, Scoring scoring) {

  static FittedModels fit(CustomerCounts counts, Configuration configuration) {
    int minimum = ClvSettings.MINIMUM_REPEAT_CUSTOMERS.get(configuration);
    var purchases = new BgNbdFit(minimum).fit(counts.histories());
    var values = new GammaGammaFit(minimum).fit(counts.values());
    var scoring =
        new Scoring(
            purchases.model(),
            values.model(),
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

  /** Which of the models has no fit, and why; null if both have one. */
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
      var rate = purchases.model().rate();
      var dropout = purchases.model().dropout();
      set(row, "r", rate.r());
      set(row, "alpha", rate.alpha());
      set(row, "a", dropout.a());
      set(row, "b", dropout.b());
      set(row, "bgnbd_log_likelihood", purchases.logLikelihood());
      row.setText(schema.ordinal("purchase_model"), purchases.model().label());
      set(row, "purchase_rate", rate.mean());
      set(row, "dropout_probability", dropout.mean());
    }
    if (values.converged()) {
      set(row, "p", values.model().p());
      set(row, "q", values.model().q());
      set(row, "v", values.model().v());
      set(row, "gamma_gamma_log_likelihood", values.logLikelihood());
      row.setText(schema.ordinal("spend_model"), values.model().label());
      set(row, "mean_value", values.model().mean());
    }
    row.setLong(schema.ordinal("customers"), counts.histories().customers());
    row.setLong(schema.ordinal("repeat_customers"), counts.histories().repeatCustomers());
    row.setBoolean(schema.ordinal("converged"), converged());
    row.setText(schema.ordinal("reason"), reason());
    row.setBoolean(schema.ordinal("values_binned"), counts.binned());
  }

  /** Sets a column; it stays NULL where the model has no such number, or an infinite one. */
  private static void set(Row row, String column, double value) {
    if (Double.isFinite(value)) {
      row.setDouble(row.schema().ordinal(column), value);
    }
  }
}
