package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** Any java.time pattern; a date without time is its midnight, an offset in the text counts. */
final class PatternTimeFormat extends TimeFormat {
  private static final int LONGEST = 100;

  private final String pattern;
  private final DateTimeFormatter formatter;
  private final ZoneId zone;

  private PatternTimeFormat(String pattern, DateTimeFormatter formatter, ZoneId zone) {
    this.pattern = pattern;
    this.formatter = formatter;
    this.zone = zone;
  }

  static PatternTimeFormat compile(String pattern, ZoneId zone, String origin) {
    try {
      var formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .parseDefaulting(ChronoField.ERA, 1)
              .toFormatter(Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT);
      return new PatternTimeFormat(pattern, formatter, zone);
    } catch (IllegalArgumentException e) {
      throw invalid(pattern, origin, e);
    }
  }

  @Override
  long millis(byte[] bytes, int offset, int length) {
    if (length > LONGEST) {
      return INVALID;
    }
    try {
      var parsed = formatter.parse(new String(bytes, offset, length, StandardCharsets.UTF_8));
      var date = parsed.query(TemporalQueries.localDate());
      var time = parsed.query(TemporalQueries.localTime());
      var ownZone = parsed.query(TemporalQueries.zone());
      if (date == null || date.getYear() < 1 || date.getYear() > 9999) {
        return INVALID;
      }
      return ZonedDateTime.of(
              date, time == null ? LocalTime.MIDNIGHT : time, ownZone == null ? zone : ownZone)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException e) {
      return INVALID;
    }
  }

  @Override
  String expected() {
    return "a time of the form " + pattern;
  }
}
