package org.clickmill.jobs.clv;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;
import org.hipparchus.util.FastMath;

/** How often customers buy while they are active: the distribution of their Poisson rates. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Rate.GammaRate.class, name = "gamma"),
  @JsonSubTypes.Type(value = Rate.FixedRate.class, name = "fixed")
})
sealed interface Rate {
  /** What the rates make of the name of a model. */
  String label();

  /** The shape of the gamma distribution; NaN if it is none. */
  default double r() {
    return Double.NaN;
  }

  /** The rate of the gamma distribution, in the unit of times; NaN if it is none. */
  default double alpha() {
    return Double.NaN;
  }

  /** The part of ln E[λ^x · e^(−λ·t)] that does not depend on t. */
  double ofFrequency(double x);

  /** The part of ln E[λ^x · e^(−λ·t)] that depends on t. */
  double ofTime(double x, double t);

  /** The distribution among customers who bought x times in the time t. */
  Rate after(double x, double t);

  /** The mean rate, in purchases per unit of time. */
  double mean();

  /** The probability of a purchase in the time t. */
  double probabilityOfPurchase(double t);

  /**
   * The expected purchases in the time t of active customers who leave after each with a
   * probability drawn from Beta(a, b).
   */
  double untilLeaving(double a, double b, double t);

  /** Customers differ: their rates are Gamma(r, α). */
  record GammaRate(double r, double alpha) implements Rate {
    @Override
    public String label() {
      return "nbd";
    }

    @Override
    public double ofFrequency(double x) {
      double rising = x == 0 ? 0 : Gamma.logGamma(x) - Beta.logBeta(r, x);
      return rising + r * FastMath.log(alpha);
    }

    @Override
    public double ofTime(double x, double t) {
      return -(r + x) * FastMath.log(alpha + t);
    }

    @Override
    public Rate after(double x, double t) {
      return new GammaRate(r + x, alpha + t);
    }

    @Override
    public double mean() {
      return r / alpha;
    }

    @Override
    public double probabilityOfPurchase(double t) {
      return -FastMath.expm1(-r * FastMath.log1p(t / alpha));
    }

    @Override
    public double untilLeaving(double a, double b, double t) {
      return ExpectedPurchases.whileActive(r, alpha, a, b, t);
    }
  }

  /**
   * All customers have the same rate: the limit of Gamma(r, α) as both grow and r/α stays the same.
   */
  record FixedRate(double lambda) implements Rate {
    @Override
    public String label() {
      return "poisson";
    }

    @Override
    public double ofFrequency(double x) {
      return x * FastMath.log(lambda);
    }

    @Override
    public double ofTime(double x, double t) {
      return -lambda * t;
    }

    @Override
    public Rate after(double x, double t) {
      return this;
    }

    @Override
    public double mean() {
      return lambda;
    }

    @Override
    public double probabilityOfPurchase(double t) {
      return -FastMath.expm1(-lambda * t);
    }

    @Override
    public double untilLeaving(double a, double b, double t) {
      return ExpectedPurchases.atFixedRate(lambda, a, b, t);
    }
  }
}
