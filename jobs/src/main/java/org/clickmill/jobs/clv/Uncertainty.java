package org.clickmill.jobs.clv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/**
 * How exactly the data determine a fitted model. By the theory of maximum likelihood the logarithms
 * of the parameters are normal about the truth, with the inverse of the information (minus the
 * second derivatives of the log-likelihood at its maximum) as covariance. Its principal axes are
 * independent, so the variance of any figure of the model is the sum of the squares of what a
 * standard deviation along each axis changes it by: the delta method.
 *
 * <p>The axes are kept as the models a small step up and down each, so any figure that a model has,
 * has a standard error as well.
 *
 * @param above a step along each axis
 * @param below the same step the other way
 */
record Uncertainty<M>(List<M> above, List<M> below) {
  /** In standard deviations. */
  private static final double STEP = 1e-3;

  /** For second derivatives, in logarithms of parameters. */
  private static final double DIFFERENCE = 1e-2;

  /** How far the ends of a 95 % interval of a normal distribution are from its middle. */
  private static final double NORMAL_95 = 1.959963984540054;

  Uncertainty {
    above = List.copyOf(above);
    below = List.copyOf(below);
  }

  /**
   * What the curvature of the log-likelihood tells.
   *
   * @param family the model of a point, the logarithms of the parameters
   * @param function the log-likelihood of a point over customers
   * @param best the point where it is largest
   * @return null if it is not curved in every direction there, so that the data leave something
   *     undetermined
   */
  static <M> Uncertainty<M> of(
      Function<double[], ? extends M> family,
      MultivariateFunction function,
      double[] best,
      double customers) {
    var information = secondDerivatives(function, best).scalarMultiply(-customers);
    if (!Double.isFinite(information.getFrobeniusNorm())) {
      return null;
    }
    var axes = new EigenDecompositionSymmetric(information);
    var above = new ArrayList<M>();
    var below = new ArrayList<M>();
    for (int axis = 0; axis < best.length; axis++) {
      double curvature = axes.getEigenvalue(axis);
      if (!(curvature > 0)) {
        return null;
      }
      double length = STEP / FastMath.sqrt(curvature);
      double[] direction = axes.getEigenvector(axis).toArray();
      above.add(family.apply(moved(best, direction, length)));
      below.add(family.apply(moved(best, direction, -length)));
    }
    return new Uncertainty<>(above, below);
  }

  /** The standard error of a figure; NaN if a model does not have it. */
  double standardError(ToDoubleFunction<? super M> figure) {
    double variance = 0;
    for (int axis = 0; axis < above.size(); axis++) {
      double change =
          (figure.applyAsDouble(above.get(axis)) - figure.applyAsDouble(below.get(axis)))
              / (2 * STEP);
      variance += change * change;
    }
    return FastMath.sqrt(variance);
  }

  /**
   * By what a positive figure is multiplied for the upper end of its 95 % interval, and divided for
   * the lower: its logarithm is taken as normal, so that the interval is positive as well.
   */
  double factor95(double value, ToDoubleFunction<? super M> figure) {
    return FastMath.exp(NORMAL_95 * standardError(figure) / value);
  }

  private static RealMatrix secondDerivatives(MultivariateFunction function, double[] point) {
    int size = point.length;
    var matrix = new Array2DRowRealMatrix(size, size);
    double middle = function.value(point);
    for (int i = 0; i < size; i++) {
      double[] first = axis(size, i);
      double up = function.value(moved(point, first, DIFFERENCE));
      double down = function.value(moved(point, first, -DIFFERENCE));
      matrix.setEntry(i, i, (up - 2 * middle + down) / (DIFFERENCE * DIFFERENCE));
      for (int j = 0; j < i; j++) {
        double[] second = axis(size, j);
        double[] high = moved(point, first, DIFFERENCE);
        double[] low = moved(point, first, -DIFFERENCE);
        double twist =
            function.value(moved(high, second, DIFFERENCE))
                - function.value(moved(high, second, -DIFFERENCE))
                - function.value(moved(low, second, DIFFERENCE))
                + function.value(moved(low, second, -DIFFERENCE));
        matrix.setEntry(i, j, twist / (4 * DIFFERENCE * DIFFERENCE));
        matrix.setEntry(j, i, matrix.getEntry(i, j));
      }
    }
    return matrix;
  }

  private static double[] axis(int size, int index) {
    var axis = new double[size];
    axis[index] = 1;
    return axis;
  }

  private static double[] moved(double[] point, double[] direction, double length) {
    double[] moved = point.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += length * direction[i];
    }
    return moved;
  }
}
