package org.clickmill.jobs.clv;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.hipparchus.special.Beta;
import org.hipparchus.util.FastMath;

/** How customers leave: the distribution of the probability p to leave after a repeat purchase. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Dropout.BetaDropout.class, name = "beta"),
  @JsonSubTypes.Type(value = Dropout.FixedDropout.class, name = "fixed"),
  @JsonSubTypes.Type(value = Dropout.BernoulliDropout.class, name = "bernoulli"),
  @JsonSubTypes.Type(value = Dropout.NoDropout.class, name = "none")
})
sealed interface Dropout {
  /** What the dropout puts before the name of a model. */
  String prefix();

  /** The first parameter of the beta distribution; NaN if it is none. */
  default double a() {
    return Double.NaN;
  }

  /** The second parameter of the beta distribution; NaN if it is none. */
  default double b() {
    return Double.NaN;
  }

  /** ln E[(1−p)^x]: the customer stays after each of x purchases. */
  double logStays(int x);

  /** ln E[p · (1−p)^(x−1)]: the customer leaves after purchase x &gt; 0. */
  double logLeaves(int x);

  /** The distribution among customers who stayed after each of x purchases. */
  Dropout after(int x);

  /** The mean of p. */
  double mean();

  /** The expected purchases of an active customer in the time t. */
  double expectedPurchases(Rate rate, double t);

  /** Customers differ: p is Beta(a, b). */
  record BetaDropout(double a, double b) implements Dropout {
    @Override
    public String prefix() {
      return "bg/";
    }

    @Override
    public double logStays(int x) {
      return x == 0 ? 0 : Beta.logBeta(a, b + x) - Beta.logBeta(a, b);
    }

    @Override
    public double logLeaves(int x) {
      return logStays(x) + FastMath.log(a / (b + x - 1));
    }

    @Override
    public Dropout after(int x) {
      return new BetaDropout(a, b + x);
    }

    @Override
    public double mean() {
      return a / (a + b);
    }

    @Override
    public double expectedPurchases(Rate rate, double t) {
      return rate.untilLeaving(a, b, t);
    }
  }

  /**
   * All customers have the same p: the limit of Beta(a, b) as both grow and a/b stays the same.
   *
   * @param p more than 0, at most 1
   */
  record FixedDropout(double p) implements Dropout {
    @Override
    public String prefix() {
      return "geometric/";
    }

    @Override
    public double logStays(int x) {
      return x == 0 ? 0 : x * FastMath.log1p(-p);
    }

    @Override
    public double logLeaves(int x) {
      return FastMath.log(p) + logStays(x - 1);
    }

    @Override
    public Dropout after(int x) {
      return this;
    }

    @Override
    public double mean() {
      return p;
    }

    /** The mean over λ of (1 − e^(−λpt))/p (Fader, Hardie and Lee 2005, section 3). */
    @Override
    public double expectedPurchases(Rate rate, double t) {
      return rate.probabilityOfPurchase(p * t) / p;
    }
  }

  /**
   * A part π of the customers leaves after the first repeat purchase, and the others never do: the
   * limit of Beta(a, b) as both fall to 0 and a/(a+b) stays π.
   */
  record BernoulliDropout(double pi) implements Dropout {
    @Override
    public String prefix() {
      return "bernoulli/";
    }

    @Override
    public double logStays(int x) {
      return x == 0 ? 0 : FastMath.log1p(-pi);
    }

    @Override
    public double logLeaves(int x) {
      return x == 1 ? FastMath.log(pi) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public Dropout after(int x) {
      return x == 0 ? this : new NoDropout();
    }

    @Override
    public double mean() {
      return pi;
    }

    @Override
    public double expectedPurchases(Rate rate, double t) {
      return pi * rate.probabilityOfPurchase(t) + (1 - pi) * rate.mean() * t;
    }
  }

  /** No customer leaves: the limit of Beta(a, b) as a/(a+b) falls to 0. */
  record NoDropout() implements Dropout {
    @Override
    public String prefix() {
      return "";
    }

    @Override
    public double logStays(int x) {
      return 0;
    }

    @Override
    public double logLeaves(int x) {
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    public Dropout after(int x) {
      return this;
    }

    @Override
    public double mean() {
      return 0;
    }

    @Override
    public double expectedPurchases(Rate rate, double t) {
      return rate.mean() * t;
    }
  }
}
