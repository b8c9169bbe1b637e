package org.clickmill.drivers.cli;

import java.time.Duration;
import org.clickmill.formats.config.TimeSpan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The time span of an option. */
final class TimeSpanConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return TimeSpan.parse(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not a time span (" + TimeSpan.EXPECTED + ")"));
  }
}
