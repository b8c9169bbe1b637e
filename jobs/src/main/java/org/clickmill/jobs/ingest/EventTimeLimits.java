package org.clickmill.jobs.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.jobs.kernel.Hours;

/** The period that the time of an imported event must lie in. */
final class EventTimeLimits {
  private final LocalDate firstDay;
  private final long earliest;
  private final long now;

  /**
   * @param now when the run began, in epoch milliseconds; the hour that it lies in is not over
   */
  EventTimeLimits(Configuration configuration, long now) {
    this.now = now;
    firstDay = IngestSettings.MIN_DAY.get(configuration);
    earliest = firstDay.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Why an event of that time is rejected, as a reject's reason; null if it is not. */
  String reasonAgainst(Event event) {
    long millis = event.getEventTime().toEpochMilli();
    if (millis < earliest) {
      return text(event.getEventTime(), "is before " + firstDay)
          + " ("
          + IngestSettings.MIN_DAY.name()
          + ")";
    }
    if ((Hours.of(millis) + 1) * Hours.MILLISECONDS > now) {
      return text(event.getEventTime(), "lies in an hour that is not over");
    }
    return null;
  }

  private static String text(Instant time, String what) {
    return "field event_time: " + time + " " + what;
  }
}
