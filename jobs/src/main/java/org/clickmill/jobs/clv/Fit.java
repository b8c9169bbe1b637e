package org.clickmill.jobs.clv;

/**
 * What came of fitting a model.
 *
 * @param model the fitted model, or null if there is none
 * @param logLikelihood of the data under it; without meaning where there is no model
 * @param reason why there is no model, as a clause that completes a message; null if there is one
 */
record Fit<M>(M model, double logLikelihood, String reason) {

  static <M> Fit<M> of(M model, double logLikelihood) {
    return new Fit<>(model, logLikelihood, null);
  }

  static <M> Fit<M> none(String reason) {
    return new Fit<>(null, Double.NEGATIVE_INFINITY, reason);
  }

  boolean converged() {
    return model != null;
  }
}
