package org.clickmill.jobs.views;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;

/** The lengths of the windows of trending in days, shortest first. */
final class TrendingWindows {
  private static final int MOST_DAYS = 366;
  private static final int MOST_WINDOWS = 8;

  private final int[] days;

  private TrendingWindows(int[] days) {
    this.days = days;
  }

  /**
   * What the settings say.
   *
   * @throws ClickmillException of kind usage if that is no list of different lengths
   */
  static TrendingWindows of(Configuration configuration) {
    var texts = Trending.WINDOWS.get(configuration);
    int[] days;
    try {
      days = texts.stream().mapToInt(Integer::parseInt).sorted().distinct().toArray();
    } catch (NumberFormatException e) {
      throw invalid(texts);
    }
    if (days.length != texts.size()
        || days.length == 0
        || days.length > MOST_WINDOWS
        || days[0] < 1
        || days[days.length - 1] > MOST_DAYS) {
      throw invalid(texts);
    }
    return new TrendingWindows(days);
  }

  private static ClickmillException invalid(List<String> texts) {
    return ClickmillException.usage(
        "Invalid value of %s: '%s' (expected 1 to %d different numbers of days from 1 to %d)",
        Trending.WINDOWS, String.join(",", texts), MOST_WINDOWS, MOST_DAYS);
  }

  /** How many windows there are. */
  int size() {
    return days.length;
  }

  int days(int window) {
    return days[window];
  }

  /** Days of the longest window. */
  int longest() {
    return days[days.length - 1];
  }

  /** Days that any window, or the one before it, reaches back, the last day with them. */
  int reach() {
    return 2 * longest();
  }
}
