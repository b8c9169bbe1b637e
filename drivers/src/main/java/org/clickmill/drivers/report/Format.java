package org.clickmill.drivers.report;

import java.math.BigDecimal;
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

  static String average(double average) {
    var text = String.format(Locale.ROOT, "%,.1f", average);
    return text.equals("-0.0") ? "0.0" : text;
  }

  /** A value of a table, not null. */
  static String value(Table.Kind kind, Object value) {
    return switch (kind) {
      case TEXT, DAY -> value.toString();
      case COUNT -> count(((Number) value).longValue());
      case MONEY -> money((BigDecimal) value);
      case AVERAGE -> average(((Number) value).doubleValue());
      case SHARE -> average(100 * ((Number) value).doubleValue()) + " %";
    };
  }
}
