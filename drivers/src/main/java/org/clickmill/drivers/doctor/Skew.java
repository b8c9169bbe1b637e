package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How far clocks are apart. */
final class Skew {
  private static final Duration LARGE = Duration.ofSeconds(5);

  /** What Kerberos does not bear. */
  private static final Duration TOO_LARGE = Duration.ofMinutes(5);

  private static final String ADVICE =
      "Have chrony or ntpd set the clocks of the client and of all nodes.";

  private Skew() {}

  /**
   * How many milliseconds a file system's clock is ahead of this process's at least: 0 if it is
   * between what this one showed before and after a file was made.
   *
   * @param file to be created, with nothing in it
   */
  static long ofFileSystem(FileSystem fs, Path file, Clock clock) throws IOException {
    long before = clock.millis();
    fs.create(file, false).close();
    long after = clock.millis();
    long made = fs.getFileStatus(file).getModificationTime();
    return made < before ? made - before : Math.max(0, made - after);
  }

  /**
   * Judges a clock.
   *
   * @param whose it is, as the beginning of a clause
   * @param millis how far it is ahead of the client's
   */
  static Finding judge(String check, String whose, long millis) {
    var size = Duration.ofMillis(Math.abs(millis));
    if (size.compareTo(LARGE) <= 0) {
      return Finding.ok(
          check,
          String.format(Locale.ROOT, "%s within %d s of the client's", whose, LARGE.toSeconds()));
    }
    var found =
        String.format(
            Locale.ROOT,
            "%s %,d s %s the client's",
            whose,
            size.toSeconds(),
            millis > 0 ? "ahead of" : "behind");
    return size.compareTo(TOO_LARGE) > 0
        ? Finding.failed(check, found, ADVICE)
        : Finding.warning(check, found, ADVICE);
  }
}
