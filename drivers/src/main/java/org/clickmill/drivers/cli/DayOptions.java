package org.clickmill.drivers.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.formats.failure.ClickmillException;
import picocli.CommandLine.Option;

/** The options by which commands are told the days to work on. */
final class DayOptions {
  private static final int MOST_DAYS = 100_000;

  @Option(names = "--day", paramLabel = "DAY", description = "One day: YYYY-MM-DD, or yesterday.")
  private LocalDate day;

  @Option(names = "--last", paramLabel = "Nd", description = "The last N days up to yesterday.")
  private String last;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "The first day, as --day (default: the oldest with events).")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description =
          "The last day, included, as --day (default: the newest whose hours are all sealed).")
  private LocalDate to;

  DayRange range() {
    int ways =
        (day == null ? 0 : 1) + (last == null ? 0 : 1) + (from == null && to == null ? 0 : 1);
    if (ways > 1) {
      throw ClickmillException.usage(
          "Invalid options: give --day, or --last, or --from and --to, not several of them");
    }
    if (day != null) {
      return new DayRange(day, day);
    }
    if (last != null) {
      return new DayRange(yesterday().minusDays(lastDays() - 1L), yesterday());
    }
    return new DayRange(from, to);
  }

  /** The day that {@code --day} names, if it does. */
  Optional<LocalDate> day() {
    return Optional.ofNullable(day);
  }

  private int lastDays() {
    try {
      int days = Integer.parseInt(last.endsWith("d") ? last.substring(0, last.length() - 1) : last);
      if (days >= 1 && days <= MOST_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw ClickmillException.usage("Invalid value of --last: '%s' (expected days, as 7d)", last);
  }

  private static LocalDate yesterday() {
    return LocalDate.now(ZoneOffset.UTC).minusDays(1);
  }
}
