package org.clickmill.testdata.generate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How much goes into one file. Hours and days without events have none. */
public enum FilePer {
  /** Files named {@code 2019-10-01-07}. */
  HOUR(3600, "uuuu-MM-dd-HH"),
  /** Files named {@code 2019-10-01}. */
  DAY(86_400, "uuuu-MM-dd"),
  /** One file named {@code events}. */
  ALL(Long.MAX_VALUE, "'events'");

  private final long seconds;
  private final String pattern;

  FilePer(long seconds, String pattern) {
    this.seconds = seconds;
    this.pattern = pattern;
  }

  /** The number of the file that a second since the epoch belongs to. */
  long file(long second) {
    return Math.floorDiv(second, seconds);
  }

  /** The name, without extension, of the file that a second since the epoch belongs to. */
  String name(long second) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
  }
}
