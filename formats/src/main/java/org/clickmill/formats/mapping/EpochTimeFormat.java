package org.clickmill.formats.mapping;

import java.math.RoundingMode;

/** Seconds or milliseconds since 1970-01-01 UTC, perhaps with decimals. */
final class EpochTimeFormat extends TimeFormat {
  private static final int PLAIN_DIGITS = 15;

  /** Digits by which the point moves: 3 for milliseconds, 0 for seconds. */
  private final int unitDigits;

  private final String name;

  EpochTimeFormat(int unitDigits, String name) {
    this.unitDigits = unitDigits;
    this.name = name;
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
      if (digit < 0 || digit > 9 || length > PLAIN_DIGITS) {
        return general(bytes, offset, length);
      }
      value = 10 * value + digit;
    }
    if (start == length) {
      return INVALID;
    }
    long millis = unitDigits == 0 ? value * 1000 : value;
    return start == 1 ? -millis : millis;
  }

  @Override
  String expected() {
    return "a number of " + name;
  }

  private long general(byte[] bytes, int offset, int length) {
    var number = Numbers.parse(bytes, offset, length);
    if (number == null || number.precision() - (long) number.scale() > PLAIN_DIGITS) {
      return INVALID;
    }
    var millis = number.movePointRight(3 - unitDigits);
    if (millis.scale() - (long) millis.precision() > 1) {
      return millis.signum() < 0 ? -1 : 0;
    }
    return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
