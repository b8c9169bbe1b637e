package org.clickmill.jobs.kernel;

import org.apache.hadoop.conf.Configuration;

/** How many reduce tasks a job has. */
public final class Reducers {
  private static final int MOST = 1000;

  private Reducers() {}

  /** As many as the job's input needs, if each takes a given number of its bytes. */
  public static int byBytes(long bytes, long bytesPerReducer) {
    return Math.toIntExact(Math.min(MOST, 1 + bytes / bytesPerReducer));
  }

  /**
   * What {@link KernelSettings#REDUCERS} says, or else as many as the bytes need, and at least as
   * many as the local runner has slots.
   *
   * @param byBytes as many as the bytes need
   * @param most more would have nothing to do
   */
  public static int number(Configuration configuration, int byBytes, int most) {
    int set = KernelSettings.REDUCERS.get(configuration);
    int slots = Slots.local(configuration, Slots.REDUCE);
    return set > 0 ? set : Math.max(1, Math.min(most, Math.max(byBytes, slots)));
  }
}
