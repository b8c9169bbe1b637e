package org.clickmill.jobs.clv;

/**
 * Gauss's ₂F₁(a, b; c; z) for real z &lt; 1 by its series, as the paper's formulas need it: an
 * oracle for {@link ExpectedPurchases}, which does without.
 *
 * <p>Negative z by Pfaff's transformation, ₂F₁(a, b; c; z) = (1−z)^−b ₂F₁(c−a, b; c; z/(z−1)), and
 * the others by Euler's, (1−z)^(c−a−b) ₂F₁(c−a, c−b; c; z), where that makes the terms smaller
 * (Abramowitz and Stegun 15.3.3 to 15.3.5). The series converges like z^k.
 */
final class Hypergeometric {
  private Hypergeometric() {}

  static double gauss(double a, double b, double c, double z) {
    if (z < 0) {
      return Math.pow(1 - z, -b) * gauss(c - a, b, c, z / (z - 1));
    }
    if (Math.abs(c - a) + Math.abs(c - b) < Math.abs(a) + Math.abs(b)) {
      return Math.pow(1 - z, c - a - b) * series(c - a, c - b, c, z);
    }
    return series(a, b, c, z);
  }

  private static double series(double a, double b, double c, double z) {
    double term = 1;
    double sum = 1;
    for (int k = 0; k < 1_000_000; k++) {
      term *= (a + k) * (b + k) / ((c + k) * (k + 1)) * z;
      sum += term;
      if (Math.abs(term) <= 1e-18 * Math.abs(sum) * (1 - z)) {
        return sum;
      }
    }
    throw new ArithmeticException("no convergence at z = " + z);
  }
}
