package org.clickmill.jobs.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Arithmetic of decimals scaled by 10^4, rounded half-even. */
public final class Decimals {
  private static final long SCALE = 10_000;

  private Decimals() {}

  /**
   * The product.
   *
   * @throws ArithmeticException if it has too many digits
   */
  static long product(long a, long b) {
    long low = a * b;
    long high = Math.multiplyHigh(a, b);
    if (high == low >> 63) {
      return quotient(low, SCALE);
    }
    return new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)), 4)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** A quotient of whole numbers, of which the second is not 0. */
  public static long quotient(long dividend, long divisor) {
    if (dividend == Long.MIN_VALUE) {
      throw new ArithmeticException("long overflow");
    }
    long whole = dividend / divisor;
    long rest = Math.abs(dividend % divisor);
    long above = Math.abs(divisor) - rest;
    boolean isRoundedUp = rest > above || (rest == above && (whole & 1) != 0);
    return isRoundedUp ? whole + ((dividend ^ divisor) < 0 ? -1 : 1) : whole;
  }

  /** A floating-point number as a decimal. */
  static long of(double value) {
    double scaled = Math.rint(value * SCALE);
    if (!(Math.abs(scaled) < 1e18)) {
      throw new ArithmeticException("decimal overflow");
    }
    return (long) scaled;
  }

  static double toDouble(long decimal) {
    return decimal / (double) SCALE;
  }

  static long ofWhole(long number) {
    return Math.multiplyExact(number, SCALE);
  }
}
