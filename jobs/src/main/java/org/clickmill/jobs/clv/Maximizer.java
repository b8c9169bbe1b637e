package org.clickmill.jobs.clv;

import java.util.List;
import java.util.function.Function;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.hipparchus.util.FastMath;

/**
 * Finds the largest value of a function of positive parameters, by the method of Nelder and Mead on
 * their logarithms: from several starts, and from the best point again until that changes nothing,
 * since a simplex may collapse before it is there.
 */
final class Maximizer {
  /** Parameters lie within e^−LIMIT … e^LIMIT (about 10^−4 … 10^4) of their unit. */
  private static final double LIMIT = 9.25;

  /** A maximum so near the limit means that there is none. */
  private static final double NEAR_LIMIT = 0.25;

  /** For finding the hill. */
  private static final double COARSE = 1e-7;

  /** For finding its top. */
  private static final double FINE = 1e-13;

  private static final int EVALUATIONS = 3_000;
  private static final int RESTARTS = 20;

  private final List<String> names;
  private final MultivariateFunction function;
  private double[] best;
  private double bestValue = Double.NEGATIVE_INFINITY;

  /**
   * @param names of the parameters, for messages
   * @param function of the logarithms of the parameters; its values are of the size of one
   */
  Maximizer(List<String> names, MultivariateFunction function) {
    this.names = names;
    this.function = function;
  }

  /**
   * Searches from each start, the logarithms of the parameters.
   *
   * @return null if a maximum was found, else what went wrong
   */
  String search(List<double[]> starts) {
    for (double[] start : starts) {
      climb(start, 1, COARSE);
    }
    if (best == null) {
      return "the likelihood is not a number at any start";
    }
    boolean settled = false;
    for (int i = 0; i < RESTARTS && !settled; i++) {
      double before = bestValue;
      climb(best, i % 2 == 0 ? 0.1 : 0.5, FINE);
      settled = bestValue - before <= 10 * FINE;
    }
    for (int i = 0; i < best.length; i++) {
      if (FastMath.abs(best[i]) > LIMIT - NEAR_LIMIT) {
        return "the likelihood has no maximum: "
            + names.get(i)
            + (best[i] > 0 ? " grows without limit" : " falls to 0");
      }
    }
    return settled ? null : "the search for the largest likelihood did not settle";
  }

  /** The logarithms of the parameters at the largest value. */
  double[] best() {
    return best.clone();
  }

  /**
   * How exactly the maximum is known, where the function is the log-likelihood over customers.
   *
   * @param family the model of a point
   * @return null if some direction is not known at all
   */
  <M> Uncertainty<M> uncertainty(Function<double[], ? extends M> family, double customers) {
    return Uncertainty.of(family, function, best, customers);
  }

  /** The largest value that was found; minus infinity before the search. */
  double bestValue() {
    return bestValue;
  }

  private void climb(double[] start, double side, double tolerance) {
    var optimizer = new SimplexOptimizer(tolerance, tolerance);
    try {
      optimizer.optimize(
          new MaxEval(EVALUATIONS),
          new ObjectiveFunction(this::evaluate),
          GoalType.MAXIMIZE,
          new InitialGuess(start),
          new NelderMeadSimplex(start.length, side));
    } catch (MathIllegalStateException e) {
      // Out of evaluations; the best point is kept, and the next climb goes on from there.
    }
  }

  /** The function inside the limits; outside, its value at the limit less a penalty. */
  private double evaluate(double[] point) {
    double[] inside = point.clone();
    double penalty = 0;
    for (int i = 0; i < inside.length; i++) {
      inside[i] = FastMath.max(-LIMIT, FastMath.min(LIMIT, point[i]));
      penalty += FastMath.abs(inside[i] - point[i]);
    }
    double value = function.value(inside);
    if (Double.isNaN(value)) {
      return -1e10;
    }
    if (value > bestValue) {
      bestValue = value;
      best = inside;
    }
    return value - penalty;
  }
}
