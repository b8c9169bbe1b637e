package org.clickmill.jobs.clv;

import java.util.function.ToDoubleFunction;

/**
 * What came of fitting a model.
 *
 * @param model the fitted model, or null if there is none
 * @param logLikelihood of the data under it; without meaning where there is no model
 * @param uncertainty how exactly the data determine it; null if they do not, and without a model
 * @param reason why there is no model, as a clause that completes a message; null if there is one
 */
record Fit<M>(M model, double logLikelihood, Uncertainty<M> uncertainty, String reason) {

  static <M> Fit<M> of(M model, double logLikelihood, Uncertainty<M> uncertainty) {
    return new Fit<>(model, logLikelihood, uncertainty, null);
  }

  static <M> Fit<M> none(String reason) {
    return new Fit<>(null, Double.NEGATIVE_INFINITY, null, reason);
  }

  boolean converged() {
    return model != null;
  }

  /** The standard error of a figure of the model; NaN if it has none. */
  double standardError(ToDoubleFunction<? super M> figure) {
    return uncertainty == null ? Double.NaN : uncertainty.standardError(figure);
  }
}
