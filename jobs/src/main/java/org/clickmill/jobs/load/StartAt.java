package org.clickmill.jobs.load;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Where a topic's first load begins.
 *
 * @param at which of the places
 * @param time for {@link At#TIME}: the first record that Kafka dates no earlier; else null
 */
public record StartAt(At at, Instant time) {
  /** The places. */
  public enum At {
    EARLIEST,
    LATEST,
    TIME
  }

  /**
   * Reads {@code earliest}, {@code latest} or a time as ISO 8601 writes it, with or without
   * seconds.
   */
  public static StartAt parse(String text) {
    return switch (text) {
      case "earliest" -> new StartAt(At.EARLIEST, null);
      case "latest" -> new StartAt(At.LATEST, null);
      default -> {
        try {
          yield new StartAt(At.TIME, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
          throw ClickmillException.usage(
              "Invalid start: '%s' (expected earliest, latest, or a time like"
                  + " 2019-10-01T00:00:00Z)",
              text, e);
        }
      }
    };
  }
}
