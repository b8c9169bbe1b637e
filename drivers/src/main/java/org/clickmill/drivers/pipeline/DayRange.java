package org.clickmill.drivers.pipeline;

import java.time.LocalDate;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Days from the first to the last, both included.
 *
 * @param from the first day, or null for the oldest there is
 * @param to the last day, or null for the newest whose hours are all sealed
 */
public record DayRange(LocalDate from, LocalDate to) {
  public static final DayRange ALL = new DayRange(null, null);

  public DayRange {
    if (from != null && to != null && from.isAfter(to)) {
      throw ClickmillException.usage("Invalid range of days: --from %s is after --to %s", from, to);
    }
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}
