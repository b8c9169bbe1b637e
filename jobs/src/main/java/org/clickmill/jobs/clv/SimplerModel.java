package org.clickmill.jobs.clv;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hipparchus.util.FastMath;

/**
 * A model that may take the place of one whose likelihood grows towards the border of its
 * parameters.
 *
 * @param names of its parameters
 * @param starts logarithms of the parameters, in their units, to search from; one empty start where
 *     the model has none
 * @param model of the logarithms of its parameters
 */
record SimplerModel<M>(List<String> names, List<double[]> starts, Function<double[], M> model) {
  /**
   * A model whose log-likelihood is no more than this below the largest that was found describes
   * the customers as well.
   */
  private static final double AS_LIKELY = 0.01;

  /**
   * The first of some models, simplest first, that has a maximum of its own and is as likely as the
   * best point that was found near the border.
   *
   * @param logLikelihood of all customers under a model
   * @param customers how many they are
   * @param bestFound the largest log-likelihood of the model that has no maximum
   * @return null if there is none
   */
  static <M> Fit<M> choose(
      List<SimplerModel<? extends M>> models,
      ToDoubleFunction<M> logLikelihood,
      double customers,
      double bestFound) {
    for (var simpler : models) {
      Fit<M> fit = fit(simpler, logLikelihood, customers);
      if (fit != null && fit.logLikelihood() >= bestFound - AS_LIKELY) {
        return fit;
      }
    }
    return null;
  }

  /** The most likely of the family, or null if that has no maximum either. */
  private static <M, N extends M> Fit<M> fit(
      SimplerModel<N> simpler, ToDoubleFunction<M> logLikelihood, double customers) {
    var family = simpler.model();
    if (simpler.names().isEmpty()) {
      M model = family.apply(new double[0]);
      return Fit.of(model, logLikelihood.applyAsDouble(model), null);
    }
    var maximizer =
        new Maximizer(
            simpler.names(), point -> logLikelihood.applyAsDouble(family.apply(point)) / customers);
    if (maximizer.search(simpler.starts()) != null) {
      return null;
    }
    M model = family.apply(maximizer.best());
    return Fit.of(
        model, logLikelihood.applyAsDouble(model), maximizer.uncertainty(family, customers));
  }

  /** The number between 0 and 1 that has these logarithmic odds. */
  static double fraction(double logOdds) {
    return 1 / (1 + FastMath.exp(-logOdds));
  }
}
