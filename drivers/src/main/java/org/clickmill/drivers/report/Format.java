package org.clickmill.drivers.report;

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

  /** A value of a table, not null. */
  static String value(Table.Kind kind, Object value) {
    return switch (kind) {
      case TEXT, DAY -> value.toString();
      case COUNT -> String.format(Locale.ROOT, "%,d", value);
      case MONEY -> String.format(Locale.ROOT, "%,.2f", value);
      case AVERAGE -> String.format(Locale.ROOT, "%,.1f", value);
      case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * ((Number) value).doubleValue());
    };
  }
}
