package org.clickmill.jobs.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * How far hours are sealed. Hours are numbers since the epoch.
 *
 * @param from the first hour that a run seals, or null if no event has come yet
 * @param through the hour after the last sealed one
 * @param newestHour the newest hour that ever had an event in time
 */
record Watermark(Long from, Long through, Long newestHour) {
  /** Before the first event. */
  static final Watermark NONE = new Watermark(null, null, null);

  /**
   * When hours are sealed.
   *
   * @param allowedLateness how long after its end an hour waits for events
   * @param maxQuietHours hours without events that are sealed after the newest with one
   */
  record Rule(Duration allowedLateness, long maxQuietHours) {
    static Rule of(Configuration configuration) {
      return new Rule(
          Duration.ofMinutes(LoadSettings.ALLOWED_LATENESS.get(configuration)),
          LoadSettings.MAX_QUIET_HOURS.get(configuration));
    }
  }

  /** Where a commit has left it. */
  static Watermark of(Commit commit) {
    return new Watermark(commit.sealedFrom(), commit.sealedThrough(), commit.newestHour());
  }

  /**
   * Where it moves after a run that has read all that there was at its seal time.
   *
   * @param files of events in time that the run wrote
   */
  Watermark after(List<StagedFile> files, Instant sealTime, Rule rule) {
    var hours = files.stream().mapToLong(file -> Hours.of(file.partition())).summaryStatistics();
    if (newestHour == null && hours.getCount() == 0) {
      return NONE;
    }
    long newest = newestHour == null ? hours.getMax() : Math.max(newestHour, hours.getMax());
    long first =
        through == null ? Math.floorDiv(hours.getMin(), Hours.A_DAY) * Hours.A_DAY : through;
    long over = Hours.of(sealTime.minus(rule.allowedLateness()).toEpochMilli());
    long end = Math.max(first, Math.min(over, newest + 1 + rule.maxQuietHours()));
    return new Watermark(first, end, newest);
  }
}
