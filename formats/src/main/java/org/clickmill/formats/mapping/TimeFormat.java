package org.clickmill.formats.mapping;

import java.time.ZoneId;
import org.clickmill.formats.failure.ClickmillException;

/** A way to write times as text. */
abstract class TimeFormat {
  /** What {@link #millis} returns for a text that is no time of this form. */
  static final long INVALID = Long.MIN_VALUE;

  static final String ISO = "iso";
  static final String EPOCH_MILLIS = "epoch-millis";
  static final String EPOCH_MICROS = "epoch-micros";
  static final String EPOCH_NANOS = "epoch-nanos";
  static final String EPOCH_SECONDS = "epoch-seconds";

  /**
   * The format of that name, or of that java.time pattern.
   *
   * @param zone the zone of texts that carry none
   */
  static TimeFormat of(String format, ZoneId zone, String origin) {
    return switch (format) {
      case ISO -> new IsoTimeFormat(zone);
      case EPOCH_MILLIS -> new EpochTimeFormat(3, "epoch milliseconds");
      case EPOCH_MICROS -> new EpochTimeFormat(6, "epoch microseconds");
      case EPOCH_NANOS -> new EpochTimeFormat(9, "epoch nanoseconds");
      case EPOCH_SECONDS -> new EpochTimeFormat(0, "epoch seconds");
      default -> {
        var fixed = FixedTimeFormat.compile(format, zone);
        yield fixed != null ? fixed : PatternTimeFormat.compile(format, zone, origin);
      }
    };
  }

  /** Milliseconds since the epoch, finer digits cut off, or {@link #INVALID}. */
  abstract long millis(byte[] bytes, int offset, int length);

  /** The form in the words of a message: "'abc' is not a time of the form …". */
  abstract String expected();

  static ClickmillException invalid(String format, String origin, Throwable cause) {
    return ClickmillException.usage(
        "Invalid time format in mapping %s: '%s' (expected iso, epoch-seconds, epoch-millis,"
            + " epoch-micros, epoch-nanos or a java.time pattern such as yyyy-MM-dd HH:mm:ss)",
        origin, format, cause);
  }
}
