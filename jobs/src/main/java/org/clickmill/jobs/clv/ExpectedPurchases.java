package org.clickmill.jobs.clv;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.util.FastMath;

/**
 * The expected number of purchases of a customer who is active at the start, in the BG/NBD model.
 *
 * <p>The paper (Fader, Hardie and Lee 2005, equations 9 and 10) writes it as (a+b−1)/(a−1) · [1 −
 * (α/(α+t))^r · ₂F₁(r, b; a+b−1; t/(α+t))]. That overflows for large r, loses its digits to the
 * subtraction for small t, and divides nothing by nothing at a = 1 and a + b = 1. The same number
 * is the sum over k of P(K = k) · E[min(K, G)], where K is the number of purchases that a customer
 * who never leaves would make, negative binomial, and G the number until he leaves, beta-geometric:
 *
 * <pre>
 * Σ_{k≥1} w_k · S_k / Σ_{k≥0} w_k,  w_k = (r)_k / k! · u^k,  u = t/(α+t),
 * S_k = Σ_{j&lt;k} (b)_j / (a+b)_j
 * </pre>
 *
 * (expand both terms of 1 − ((1−u)/(1−u·q))^r in powers of u, divide by 1 − q and take the mean
 * over q ~ Beta(b, a)). Every term is positive, so nothing cancels and a, b may be any positive
 * numbers.
 */
final class ExpectedPurchases {
  /** What is left out is less than this part of the sum. */
  private static final double ACCURACY = 1e-16;

  /** Sums above this are scaled down; only their quotient counts. */
  private static final double LARGE = 1e250;

  private ExpectedPurchases() {}

  /**
   * The expected purchases in a time t; about r·t/α + 40·(α+t)/α terms are added.
   *
   * @param r shape of the gamma distribution of the purchase rate
   * @param alpha its rate, in the unit of t
   * @param a first parameter of the beta distribution of the probability to leave after a purchase
   * @param b its second parameter
   */
  static double whileActive(double r, double alpha, double a, double b, double t) {
    if (t <= 0) {
      return 0;
    }
    double u = t / (alpha + t);
    return meanOfSums(
        a, b, k -> u * (r + k) / (k + 1), k -> u * FastMath.max(1, (r + k) / (k + 1)));
  }

  /**
   * The same where all customers buy at one rate: K is Poisson, w_k = (λt)^k/k!. About λt + 40 +
   * 9·√(λt) terms are added.
   *
   * @param lambda purchases per unit of t
   */
  static double atFixedRate(double lambda, double a, double b, double t) {
    if (t <= 0) {
      return 0;
    }
    return meanOfSums(a, b, k -> lambda * t / (k + 1), k -> lambda * t / (k + 1));
  }

  /**
   * Σ w_k · S_k / Σ w_k.
   *
   * @param next w_{k+1} / w_k
   * @param bound of that quotient for all numbers from k on
   */
  private static double meanOfSums(
      double a, double b, DoubleUnaryOperator next, DoubleUnaryOperator bound) {
    double weight = next.applyAsDouble(0);
    double purchases = 1;
    double stays = b / (a + b);
    double sum = weight;
    double norm = 1 + weight;
    for (double k = 1; ; k++) {
      // S_{k+1}/S_k is at most (k+1)/k: a geometric bound of what is left out.
      double quotient = bound.applyAsDouble(k) * (k + 1) / k;
      double term = weight * purchases;
      if (quotient < 1 && term * quotient <= ACCURACY * (1 - quotient) * sum) {
        return sum / norm;
      }
      weight *= next.applyAsDouble(k);
      purchases += stays;
      stays *= (b + k) / (a + b + k);
      sum += weight * purchases;
      norm += weight;
      if (sum > LARGE) {
        weight /= LARGE;
        sum /= LARGE;
        norm /= LARGE;
      }
    }
  }
}
