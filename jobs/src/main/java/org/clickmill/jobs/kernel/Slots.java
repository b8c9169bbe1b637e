package org.clickmill.jobs.kernel;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;

/** How many tasks the local job runner runs at once; a cluster's scheduler decides for itself. */
public final class Slots {
  public static final String MAP = "mapreduce.local.map.tasks.maximum";
  public static final String REDUCE = "mapreduce.local.reduce.tasks.maximum";

  private Slots() {}

  /** Whether jobs run in this process, by the local job runner. */
  public static boolean isLocal(Configuration configuration) {
    return configuration
        .get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME)
        .equals(MRConfig.LOCAL_FRAMEWORK_NAME);
  }

  /** The slots of the local runner, or 1 on a cluster. */
  public static int local(Configuration configuration, String kind) {
    return isLocal(configuration) ? configuration.getInt(kind, 1) : 1;
  }
}
