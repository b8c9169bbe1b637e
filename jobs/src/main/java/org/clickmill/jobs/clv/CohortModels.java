package org.clickmill.jobs.clv;

import java.util.ArrayList;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.clv.FittedValues.Values;

/**
 * The models of the customers of a cohort, or of all.
 *
 * @param cohort its first day since the epoch, or {@link Cohorts#EVERYBODY}
 * @param values what came of fitting their values
 */
record CohortModels(
    int cohort, long customers, long repeatCustomers, Fit<PurchaseModel> purchases, Values values) {

  boolean converged() {
    return purchases.converged() && values.fit().converged();
  }

  /** Which of the models has no fit, and why; null if both have one. */
  String reason() {
    var reasons = new ArrayList<String>();
    if (!purchases.converged()) {
      reasons.add("BG/NBD: " + purchases.reason());
    }
    if (!values.fit().converged()) {
      reasons.add("Gamma-Gamma: " + values.fit().reason());
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  /** What customers of the cohort are valued by: what has no fit is null. */
  Valuation valuation() {
    return new Valuation(
        cohort, purchases.model(), values.fit().model(), values.fit().uncertainty());
  }

  /** Sets what clv_model says of the models. */
  void fill(Row row) {
    var schema = row.schema();
    if (cohort != Cohorts.EVERYBODY) {
      row.setLong(schema.ordinal("cohort"), cohort);
    }
    fillPurchases(row);
    fillValues(row);
    set(row, "frequency_value_correlation", values.correlation());
    row.setLong(schema.ordinal("customers"), customers);
    row.setLong(schema.ordinal("repeat_customers"), repeatCustomers);
    row.setBoolean(schema.ordinal("converged"), converged());
    row.setText(schema.ordinal("reason"), reason());
  }

  private void fillPurchases(Row row) {
    if (!purchases.converged()) {
      return;
    }
    var rate = purchases.model().rate();
    var dropout = purchases.model().dropout();
    set(row, "r", rate.r());
    set(row, "alpha", rate.alpha());
    set(row, "a", dropout.a());
    set(row, "b", dropout.b());
    set(row, "r_se", purchases.standardError(model -> model.rate().r()));
    set(row, "alpha_se", purchases.standardError(model -> model.rate().alpha()));
    set(row, "a_se", purchases.standardError(model -> model.dropout().a()));
    set(row, "b_se", purchases.standardError(model -> model.dropout().b()));
    set(row, "bgnbd_log_likelihood", purchases.logLikelihood());
    row.setText(row.schema().ordinal("purchase_model"), purchases.model().label());
    set(row, "purchase_rate", rate.mean());
    set(row, "purchase_rate_se", purchases.standardError(model -> model.rate().mean()));
    set(row, "dropout_probability", dropout.mean());
    set(row, "dropout_probability_se", purchases.standardError(model -> model.dropout().mean()));
  }

  private void fillValues(Row row) {
    var fit = values.fit();
    if (!fit.converged()) {
      return;
    }
    set(row, "p", fit.model().p());
    set(row, "q", fit.model().q());
    set(row, "v", fit.model().v());
    set(row, "p_se", fit.standardError(SpendModel::p));
    set(row, "q_se", fit.standardError(SpendModel::q));
    set(row, "v_se", fit.standardError(SpendModel::v));
    set(row, "gamma_gamma_log_likelihood", fit.logLikelihood());
    row.setText(row.schema().ordinal("spend_model"), fit.model().label());
    set(row, "mean_value", fit.model().mean());
    set(row, "mean_value_se", fit.standardError(model -> model.expectedOrNone(0, 0)));
  }

  /** Sets a column; it stays NULL where the model has no such number, or an infinite one. */
  private static void set(Row row, String column, double value) {
    if (Double.isFinite(value)) {
      row.setDouble(row.schema().ordinal(column), value);
    }
  }
}
