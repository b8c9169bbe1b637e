package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.clickmill.formats.event.Money;

/** Parses a number from bytes into a long scaled by 10^4. */
final class ScaledNumber {
  /** How the last call of {@link #parse} or {@link #take} went. */
  enum Outcome {
    EXACT,
    ROUNDED,
    NOT_A_NUMBER,
    TOO_MANY_DECIMALS,
    TOO_LARGE
  }

  private static final int PLAIN_DIGITS = 17;
  private static final long[] POWERS = {1, 10, 100, 1000, 10_000};

  /** Decimals of fewer digits than this are the same after a way into a double and back. */
  private static final long FIFTEEN_DIGITS = 1_000_000_000_000_000L;

  private final boolean roundHalfEven;
  private long scaled;

  ScaledNumber(boolean roundHalfEven) {
    this.roundHalfEven = roundHalfEven;
  }

  /** The number of the last call that was exact or rounded. */
  long scaled() {
    return scaled;
  }

  Outcome parse(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    boolean isNegative = false;
    if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
      isNegative = bytes[i] == '-';
      i++;
    }
    int firstDigit = i;
    long value = 0;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      value = 10 * value + bytes[i++] - '0';
    }
    int decimals = 0;
    int digits = i - firstDigit;
    if (i < end && bytes[i] == '.') {
      i++;
      int start = i;
      while (i < end && i - start < Money.SCALE && bytes[i] >= '0' && bytes[i] <= '9') {
        value = 10 * value + bytes[i++] - '0';
      }
      decimals = i - start;
      while (i < end && bytes[i] == '0') {
        i++;
        digits++;
      }
      digits += decimals;
    }
    if (i < end || digits == 0 || length > PLAIN_DIGITS) {
      return general(bytes, offset, length);
    }
    scaled = value * POWERS[Money.SCALE - decimals];
    if (!Money.fits(scaled) || digits + Money.SCALE - decimals > Money.PRECISION) {
      return general(bytes, offset, length);
    }
    if (isNegative) {
      scaled = -scaled;
    }
    return Outcome.EXACT;
  }

  Outcome take(BigDecimal number) {
    var bounded = Numbers.bounded(number);
    if (bounded == null) {
      return number.scale() > 0 ? Outcome.TOO_MANY_DECIMALS : Outcome.TOO_LARGE;
    }
    var exact = bounded.stripTrailingZeros();
    boolean isRounded = exact.scale() > Money.SCALE;
    if (isRounded) {
      if (!roundHalfEven) {
        return Outcome.TOO_MANY_DECIMALS;
      }
      exact = exact.setScale(Money.SCALE, RoundingMode.HALF_EVEN);
    }
    try {
      scaled = Money.scaled(exact);
    } catch (ArithmeticException e) {
      return Outcome.TOO_LARGE;
    }
    return isRounded ? Outcome.ROUNDED : Outcome.EXACT;
  }

  /**
   * Takes {@code unscaled · 10⁻ˢᶜᵃˡᵉ} if that is exact; false leaves it to {@link
   * #take(BigDecimal)}.
   */
  boolean takeExact(long unscaled, int scale) {
    if (scale < 0 || scale > Money.SCALE) {
      return false;
    }
    long power = POWERS[Money.SCALE - scale];
    if (unscaled > Long.MAX_VALUE / power || unscaled < -(Long.MAX_VALUE / power)) {
      return false;
    }
    long value = unscaled * power;
    if (!Money.fits(value)) {
      return false;
    }
    scaled = value;
    return true;
  }

  /**
   * Takes a double that is nearest to a number of at most four decimals and fifteen digits, which
   * is what it is printed as; false leaves it to {@link #take(BigDecimal)}.
   */
  boolean takeExact(double value) {
    double one = POWERS[Money.SCALE];
    double nearest = Math.rint(value * one);
    if (!(Math.abs(nearest) < FIFTEEN_DIGITS) || nearest / one != value) {
      return false;
    }
    scaled = (long) nearest;
    return true;
  }

  private Outcome general(byte[] bytes, int offset, int length) {
    var number = Numbers.parse(bytes, offset, length);
    return number == null ? Outcome.NOT_A_NUMBER : take(number);
  }
}
