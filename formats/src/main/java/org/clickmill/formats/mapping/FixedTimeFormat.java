package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * A pattern whose digits stand at fixed places, such as {@code yyyy-MM-dd HH:mm:ss}: parsed from
 * the bytes, with the same result as java.time.
 */
final class FixedTimeFormat extends TimeFormat {
  private static final int YEAR = 0;
  private static final int MONTH = 1;
  private static final int DAY = 2;
  private static final int HOUR = 3;
  private static final int MINUTE = 4;
  private static final int SECOND = 5;
  private static final int FRACTION = 6;
  private static final String LETTERS = "yMdHmsS";

  private final String pattern;
  private final LocalTimes localTimes;

  /** The text that a time must have, 0 where there is a digit. */
  private final byte[] shape;

  /** Where the digits of each part begin, -1 if it has none. */
  private final int[] starts;

  private final int fractionDigits;

  private FixedTimeFormat(
      String pattern, LocalTimes localTimes, byte[] shape, int[] starts, int fractionDigits) {
    this.pattern = pattern;
    this.localTimes = localTimes;
    this.shape = shape;
    this.starts = starts;
    this.fractionDigits = fractionDigits;
  }

  /** The format of a pattern, or null if the pattern is not of this kind. */
  static FixedTimeFormat compile(String pattern, ZoneId zone) {
    var shape = new StringBuilder();
    int[] starts = new int[LETTERS.length()];
    Arrays.fill(starts, -1);
    int fractionDigits = 0;
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        int end = pattern.indexOf('\'', i + 1);
        if (end < 0) {
          return null;
        }
        shape.append(end == i + 1 ? "'" : pattern.substring(i + 1, end));
        i = end + 1;
      } else if (isLetter(c)) {
        int end = i;
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        int part = LETTERS.indexOf(c == 'u' ? 'y' : c);
        if (part < 0 || starts[part] >= 0 || !isWidth(part, end - i)) {
          return null;
        }
        starts[part] = shape.length();
        shape.append("\0".repeat(end - i));
        fractionDigits = part == FRACTION ? end - i : fractionDigits;
        i = end;
      } else if ("[]{}#".indexOf(c) >= 0) {
        return null;
      } else {
        shape.append(c);
        i++;
      }
    }
    boolean isComplete =
        starts[YEAR] >= 0
            && starts[MONTH] >= 0
            && starts[DAY] >= 0
            && (starts[HOUR] >= 0 || starts[MINUTE] < 0)
            && (starts[MINUTE] >= 0 || starts[SECOND] < 0)
            && (starts[SECOND] >= 0 || starts[FRACTION] < 0);
    if (!isComplete || pattern.contains("''") || hasOtherThanAscii(shape)) {
      return null;
    }
    return new FixedTimeFormat(
        pattern,
        new LocalTimes(zone),
        shape.toString().getBytes(StandardCharsets.US_ASCII),
        starts,
        fractionDigits);
  }

  @Override
  long millis(byte[] bytes, int offset, int length) {
    if (length != shape.length) {
      return INVALID;
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[offset + i];
      byte wanted = shape[i];
      if (wanted == 0 ? b < '0' || b > '9' : b != wanted) {
        return INVALID;
      }
    }
    int year =
        100 * twoDigits(bytes, offset + starts[YEAR]) + twoDigits(bytes, offset + starts[YEAR] + 2);
    int month = twoDigits(bytes, offset + starts[MONTH]);
    int day = twoDigits(bytes, offset + starts[DAY]);
    int hour = part(bytes, offset, HOUR);
    int minute = part(bytes, offset, MINUTE);
    int second = part(bytes, offset, SECOND);
    if (!CivilDate.isValid(year, month, day) || hour > 23 || minute > 59 || second > 59) {
      return INVALID;
    }
    long seconds =
        CivilDate.epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
    return localTimes.epochSeconds(seconds) * 1000 + fraction(bytes, offset);
  }

  @Override
  String expected() {
    return "a time of the form " + pattern;
  }

  private int part(byte[] bytes, int offset, int part) {
    return starts[part] < 0 ? 0 : twoDigits(bytes, offset + starts[part]);
  }

  private int fraction(byte[] bytes, int offset) {
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      int digit = i < fractionDigits ? bytes[offset + starts[FRACTION] + i] - '0' : 0;
      millis = 10 * millis + digit;
    }
    return millis;
  }

  private static int twoDigits(byte[] bytes, int at) {
    return 10 * (bytes[at] - '0') + bytes[at + 1] - '0';
  }

  private static boolean isWidth(int part, int width) {
    return switch (part) {
      case YEAR -> width == 4;
      case FRACTION -> width <= 9;
      default -> width == 2;
    };
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean hasOtherThanAscii(CharSequence text) {
    return text.chars().anyMatch(c -> c > 127);
  }
}
