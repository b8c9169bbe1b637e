package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How values are written for readers. */
final class Format {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Format() {}

  static String day(LocalDate day) {
    return DAY.format(day);
  }

  static String instant(Instant instant) {
    return INSTANT.format(instant);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String money(BigDecimal amount) {
    return String.format(Locale.ROOT, "%,.2f", amount);
  }

  /** An amount without decimals that are 0. */
  static String bound(BigDecimal amount) {
    return String.format(Locale.ROOT, amount.scale() <= 0 ? "%,.0f" : "%,.2f", amount);
  }

  static String average(double average) {
    var text = String.format(Locale.ROOT, "%,.1f", average);
    return text.equals("-0.0") ? "0.0" : text;
  }

  /** A number of any size: whole if it is large, else with six digits that count. */
  static String number(double number) {
    if (Math.abs(number) >= 100_000) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    var rounded = BigDecimal.valueOf(number).round(new MathContext(6)).stripTrailingZeros();
    return rounded.scale() > 12 ? rounded.toString() : rounded.toPlainString();
  }

  /** A time in the units that suit it: {@code 12.5 s}, {@code 4 min 5 s}, {@code 2 h 3 min}. */
  static String duration(double seconds) {
    if (Math.round(10 * seconds) < 600) {
      return average(seconds) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %d min", whole / 3600, whole % 3600 / 60);
  }

  static String share(double share) {
    return average(100 * share) + " %";
  }

  /** A value of a table, not null. */
  static String value(Table.Kind kind, Object value) {
    return switch (kind) {
      case TEXT, DAY -> value.toString();
      case COUNT -> count(((Number) value).longValue());
      case MONEY -> money((BigDecimal) value);
      case AVERAGE -> average(((Number) value).doubleValue());
      case NUMBER -> number(((Number) value).doubleValue());
      case SHARE -> share(((Number) value).doubleValue());
      case DURATION -> duration(((Number) value).doubleValue());
      case FLAG -> (Boolean) value ? "yes" : "no";
    };
  }
}
