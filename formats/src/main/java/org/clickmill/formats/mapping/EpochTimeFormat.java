package org.clickmill.formats.mapping;

import java.math.RoundingMode;

/** Seconds or parts of them since 1970-01-01 UTC, perhaps with decimals; finer digits are cut. */
final class EpochTimeFormat extends TimeFormat {
  private static final int PLAIN_DIGITS = 15;

  /** Digits of a number that fits into a long for certain. */
  private static final int LONG_DIGITS = 18;

  /** Digits by which the point moves: 0 for seconds, 3 for milliseconds and so on. */
  private final int unitDigits;

  private final String name;
  private final int longest;
  private final long perMilli;

  EpochTimeFormat(int unitDigits, String name) {
    this.unitDigits = unitDigits;
    this.name = name;
    this.longest = unitDigits > 3 ? LONG_DIGITS : PLAIN_DIGITS;
    this.perMilli =
        switch (unitDigits) {
          case 6 -> 1000;
          case 9 -> 1_000_000;
          default -> 1;
        };
  }

  @Override
  long millis(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return INVALID;
    }
    int start = bytes[offset] == '-' ? 1 : 0;
    long value = 0;
    for (int i = start; i < length; i++) {
      int digit = bytes[offset + i] - '0';
      if (digit < 0 || digit > 9 || length > longest) {
        return general(bytes, offset, length);
      }
      value = 10 * value + digit;
    }
    if (start == length) {
      return INVALID;
    }
    long signed = start == 1 ? -value : value;
    return unitDigits == 0 ? signed * 1000 : Math.floorDiv(signed, perMilli);
  }

  @Override
  String expected() {
    return "a number of " + name;
  }

  private long general(byte[] bytes, int offset, int length) {
    var number = Numbers.parse(bytes, offset, length);
    if (number == null
        || number.precision() - (long) number.scale()
            > PLAIN_DIGITS + Math.max(0, unitDigits - 3)) {
      return INVALID;
    }
    var millis = number.movePointRight(3 - unitDigits);
    if (millis.scale() - (long) millis.precision() > 1) {
      return millis.signum() < 0 ? -1 : 0;
    }
    return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
