package org.clickmill.formats.guess;

import java.util.List;
import org.clickmill.formats.guess.Sample.Column;
import org.clickmill.formats.guess.Sample.Type;
import org.clickmill.formats.mapping.SourceProbe;

/**
 * The form of a column's times.
 *
 * @param format as a mapping names it; null where none is needed
 * @param remark what is uncertain, as the rest of a comment; empty if nothing is
 */
record TimeGuess(String format, String remark) {
  private static final String ISO = "iso";
  private static final String UTC = "yyyy-MM-dd HH:mm:ss 'UTC'";

  /** Forms in which a time has digits alone, by their number. */
  private static final List<Digits> DIGITS =
      List.of(
          new Digits("yyyyMMdd", "(19|20)\\d{6}"),
          new Digits("yyyyMMddHHmmss", "(19|20)\\d{12}"),
          new Digits("epoch-seconds", "[1-4]?\\d{9}(\\.\\d+)?"),
          new Digits("epoch-millis", "[1-4]?\\d{12}(\\.\\d+)?"),
          new Digits("epoch-micros", "[1-4]?\\d{15}"),
          new Digits("epoch-nanos", "[1-4]?\\d{18}"));

  private static final List<String> PATTERNS =
      List.of(
          "yyyy/M/d H:mm:ss",
          "yyyy/M/d H:mm",
          "yyyy/M/d",
          "d.M.yyyy H:mm:ss",
          "d.M.yyyy H:mm",
          "d.M.yyyy",
          "M/d/yyyy H:mm:ss",
          "M/d/yyyy H:mm",
          "M/d/yyyy h:mm:ss a",
          "M/d/yyyy h:mm a",
          "M/d/yyyy",
          "d/M/yyyy H:mm:ss",
          "d/M/yyyy H:mm",
          "d/M/yyyy",
          "dd/MMM/yyyy:HH:mm:ss Z",
          "EEE, d MMM yyyy HH:mm:ss z",
          "yyyy-MM-dd HH:mm:ss z");

  private record Digits(String format, String expression) {}

  /** The form that all values of the column have, or null if there is none. */
  static TimeGuess of(Column column) {
    if (column.type() == Type.TIME) {
      return new TimeGuess(null, "");
    }
    for (var digits : DIGITS) {
      if (column.isAll(value -> value.strip().matches(digits.expression()))
          && fits(column, digits.format())) {
        return new TimeGuess(digits.format(), "such as " + column.example());
      }
    }
    if (fits(column, UTC)) {
      return new TimeGuess(UTC, "such as " + column.example());
    }
    if (fits(column, ISO)) {
      boolean hasZone = column.isAll(value -> value.matches(".*(Z|UTC|[+-]\\d\\d:?(\\d\\d)?)\\s*"));
      boolean isDay = column.isAll(value -> value.strip().length() == 10);
      return new TimeGuess(
          ISO,
          hasZone && !isDay ? "" : "times without a zone are UTC, such as " + column.example());
    }
    for (var pattern : PATTERNS) {
      if (fits(column, pattern)) {
        return new TimeGuess(pattern, remark(column, pattern));
      }
    }
    return null;
  }

  private static String remark(Column column, String pattern) {
    var dayFirst = pattern.replace("M/d/", "d/M/");
    return !dayFirst.equals(pattern) && fits(column, dayFirst)
        ? "the month first; " + dayFirst + " fits too: " + column.example()
        : "such as " + column.example();
  }

  private static boolean fits(Column column, String format) {
    return column.isAll(value -> SourceProbe.isTime(format, value));
  }
}
