package org.clickmill.formats.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;

/**
 * Amounts of money as longs scaled by 10^4, as they stand on disk in DECIMAL(18,4). Sums use {@link
 * Math#addExact}; nothing here is ever a double.
 */
public final class Money {
  /** Digits after the decimal point. */
  public static final int SCALE = 4;

  /** All digits of an amount on disk. */
  public static final int PRECISION = 18;

  private static final long LIMIT = 1_000_000_000_000_000_000L;

  private Money() {}

  /**
   * The scaled amount.
   *
   * @throws ArithmeticException if more than four significant decimals or 18 digits are needed
   */
  public static long scaled(BigDecimal amount) {
    var stripped = amount.stripTrailingZeros();
    if (stripped.precision() - stripped.scale() > PRECISION - SCALE) {
      throw new ArithmeticException(
          "more than " + (PRECISION - SCALE) + " digits before the point");
    }
    if (stripped.scale() > SCALE) {
      throw new ArithmeticException("more than " + SCALE + " decimals");
    }
    return stripped.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
  }

  public static BigDecimal decimal(long scaled) {
    return BigDecimal.valueOf(scaled, SCALE);
  }

  /** Whether a scaled amount fits into 18 digits. */
  public static boolean fits(long scaled) {
    return scaled > -LIMIT && scaled < LIMIT;
  }

  /** The quotient rounded half-even to a scaled amount. */
  public static long average(long scaled, long count) {
    return BigDecimal.valueOf(scaled)
        .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** An amount as Avro writes decimals: the shortest two's complement, big-endian. */
  public static ByteBuffer toAvro(long scaled) {
    return ByteBuffer.wrap(BigInteger.valueOf(scaled).toByteArray());
  }

  /**
   * Reads an amount from an Avro decimal without moving the buffer.
   *
   * @throws ArithmeticException if it does not fit a long
   */
  public static long fromAvro(ByteBuffer bytes) {
    int length = bytes.remaining();
    int start = bytes.position();
    if (length == 0 || length > Long.BYTES) {
      throw new ArithmeticException("a decimal of " + length + " bytes");
    }
    long value = bytes.get(start);
    for (int i = 1; i < length; i++) {
      value = (value << 8) | (bytes.get(start + i) & 0xff);
    }
    return value;
  }
}
