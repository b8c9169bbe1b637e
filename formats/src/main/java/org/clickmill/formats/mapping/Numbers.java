package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Numbers in text, the general way. */
final class Numbers {
  /** Digits and exponents beyond these are no numbers of a shop, and expensive to compute with. */
  private static final int LONGEST = 100;

  private static final int LARGEST_EXPONENT = 400;

  private Numbers() {}

  /** The number in the text, or null if there is none. */
  static BigDecimal parse(byte[] bytes, int offset, int length) {
    if (length > LONGEST) {
      return null;
    }
    for (int i = offset; i < offset + length; i++) {
      // BigDecimal would take the digits of every script.
      if (bytes[i] < 0) {
        return null;
      }
    }
    try {
      return bounded(new BigDecimal(new String(bytes, offset, length, StandardCharsets.US_ASCII)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The number itself, or null if its exponent is out of all bounds. */
  static BigDecimal bounded(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return Math.abs((long) number.scale()) > LARGEST_EXPONENT + LONGEST
            || number.precision() > LARGEST_EXPONENT
        ? null
        : number;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }
}
