package org.clickmill.drivers.cli;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time span as funnels are given theirs: a number and its unit, such as {@code 30m}. */
final class TimeSpan implements ITypeConverter<Duration> {
  private static final Map<Character, Duration> UNITS =
      Map.of(
          's', Duration.ofSeconds(1),
          'm', Duration.ofMinutes(1),
          'h', Duration.ofHours(1),
          'd', Duration.ofDays(1));

  @Override
  public Duration convert(String text) {
    if (!text.matches("[0-9]{1,6}[smhd]")) {
      throw new TypeConversionException(
          "'" + text + "' is not a time span (expected a number and s, m, h or d, such as 30m)");
    }
    int last = text.length() - 1;
    return UNITS.get(text.charAt(last)).multipliedBy(Long.parseLong(text.substring(0, last)));
  }
}
