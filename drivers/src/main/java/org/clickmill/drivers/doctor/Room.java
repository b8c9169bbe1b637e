package org.clickmill.drivers.doctor;

import java.util.Locale;
import org.apache.hadoop.util.StringUtils.TraditionalBinaryPrefix;

/** How much is left of something. */
final class Room {
  private static final int LOW_PERCENT = 10;

  private Room() {}

  /** Whether less than a tenth is left. */
  static boolean isLow(long left, long all) {
    return left < all / 100.0 * LOW_PERCENT;
  }

  /**
   * Judges a disk or a file system.
   *
   * @param of whose space it is, behind the numbers
   * @param left in bytes
   * @param all in bytes; unknown where it is as large as a number can be
   * @param advice what to do where little is left
   */
  static Finding judge(String check, String of, long left, long all, String advice) {
    if (all == Long.MAX_VALUE || all <= 0) {
      return Finding.skipped(check, "unknown " + of);
    }
    var found =
        String.format(
            Locale.ROOT,
            "%s of %s free (%.0f %%) %s",
            text(left),
            text(all),
            100.0 * left / all,
            of);
    if (left <= 0) {
      return Finding.failed(check, found, advice);
    }
    return isLow(left, all) ? Finding.warning(check, found, advice) : Finding.ok(check, found);
  }

  /** Such as 52.5 GB, by powers of 1024 as HDFS counts. */
  static String text(long bytes) {
    return TraditionalBinaryPrefix.long2String(bytes, "B", 1);
  }
}
