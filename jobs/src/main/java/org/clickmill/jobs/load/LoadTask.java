package org.clickmill.jobs.load;

import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.TaskSetting;

/**
 * What every task of a load is told.
 *
 * @param sequence number of the commit that is made
 * @param mapping text of the mapping, since tasks may not reach its file
 * @param format of the values
 * @param watermark hours before it are sealed, and their events late
 * @param oldest the first event time, in milliseconds, that is not too old
 * @param newest the last that is not too far ahead
 * @param rejects path of the partition of the run's rejects
 */
record LoadTask(
    long sequence,
    String mapping,
    ValueFormat format,
    long watermark,
    long oldest,
    long newest,
    String rejects) {
  /** Clocks of visitors' devices and of servers differ by minutes. */
  static final Duration AHEAD = Duration.ofMillis(Hours.MILLISECONDS);

  private static final String KEY = "clickmill.internal.load";

  void write(Configuration configuration) {
    TaskSetting.write(configuration, KEY, this);
  }

  static LoadTask read(Configuration configuration) {
    return TaskSetting.read(configuration, KEY, LoadTask.class);
  }
}
