package org.clickmill.drivers.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The progress of a job over its input in bytes, with an estimate of the time left, in words. */
record BytesProgress(long totalBytes) {
  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB");
  private static final int PER_UNIT = 1000;
  private static final double LEAST_FRACTION = 0.01;
  private static final Duration LEAST_TIME = Duration.ofSeconds(3);
  private static final int ROUNDED_SECONDS = 5;
  private static final int PER_MINUTE = 60;

  /**
   * Such as {@code 1.2 of 4.1 GB, about 40 s left}. There is no estimate before three seconds and a
   * hundredth of the work.
   *
   * @param fraction how far it is, 0 to 1
   * @param elapsed since the job began
   */
  String text(double fraction, Duration elapsed) {
    double bounded = Math.max(0, Math.min(1, fraction));
    var bytes = bytes(bounded);
    if (bounded >= 1 || bounded < LEAST_FRACTION || elapsed.compareTo(LEAST_TIME) < 0) {
      return bytes;
    }
    return bytes
        + ", about "
        + time(elapsed.toMillis() / 1000.0 * (1 - bounded) / bounded)
        + " left";
  }

  private String bytes(double fraction) {
    double unit = PER_UNIT;
    int index = 0;
    while (totalBytes / unit >= PER_UNIT && index < UNITS.size() - 1) {
      unit *= PER_UNIT;
      index++;
    }
    return String.format(
        Locale.ROOT,
        "%.1f of %.1f %s",
        fraction * totalBytes / unit,
        totalBytes / unit,
        UNITS.get(index));
  }

  /** Rounded up: to five seconds, or to a minute where it is more than that. */
  private static String time(double seconds) {
    long rounded = (long) Math.ceil(seconds / ROUNDED_SECONDS) * ROUNDED_SECONDS;
    if (rounded <= PER_MINUTE) {
      return rounded + " s";
    }
    long minutes = (long) Math.ceil(seconds / PER_MINUTE);
    return minutes < PER_MINUTE
        ? minutes + " min"
        : minutes / PER_MINUTE + " h " + minutes % PER_MINUTE + " min";
  }
}
