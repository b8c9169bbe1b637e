package org.clickmill.formats.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Time spans as users write them: a number of up to six digits and its unit, such as {@code 30m}.
 */
public final class TimeSpan {
  /** What messages expect. */
  public static final String EXPECTED = "expected a number and s, m, h or d, such as 30m";

  private static final Map<Character, Duration> UNITS =
      Map.of(
          's', Duration.ofSeconds(1),
          'm', Duration.ofMinutes(1),
          'h', Duration.ofHours(1),
          'd', Duration.ofDays(1));

  private TimeSpan() {}

  /** Reads a time span; empty if the text is none. */
  public static Optional<Duration> parse(String text) {
    if (!text.matches("[0-9]{1,6}[smhd]")) {
      return Optional.empty();
    }
    int last = text.length() - 1;
    return Optional.of(
        UNITS.get(text.charAt(last)).multipliedBy(Long.parseLong(text.substring(0, last))));
  }
}
