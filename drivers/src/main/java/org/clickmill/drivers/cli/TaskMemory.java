package org.clickmill.drivers.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskType;
import org.clickmill.jobs.ingest.IngestSettings;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Slots;

/**
 * How the heap of a task is divided, in MiB: the defaults of all settings that bound what a task
 * keeps in memory. The other half of a heap is for what is decoded of the row group that is read,
 * for the row groups that are written, and for Hadoop.
 */
final class TaskMemory {
  /** A heap that is smaller than two of these has one task at a time. */
  private static final int LEAST_TASK_MB = 192;

  private static final int LEAST_MB = 16;
  private static final int MOST_FOLD_MB = 256;

  /** Hadoop's own default, which is not exceeded. */
  private static final int MOST_SORT_MB = 100;

  /** What is emitted without a cluster is small. */
  private static final int LOCAL_SORT_MB = 16;

  /**
   * The share of a reducer's heap for what it fetches, where Hadoop takes 0.7: its fetchers may
   * exceed it by an eighth, in pieces so large that the rest does not have them in one place.
   */
  private static final String SHUFFLE_SHARE = "0.5";

  private static final Pattern MAXIMUM = Pattern.compile("-Xmx(\\d+)([kKmMgG]?)");

  private TaskMemory() {}

  /**
   * Of the tasks of this process.
   *
   * @param heapMb of the process
   */
  static Map<String, String> ofLocal(int heapMb, int processors) {
    int slots = Math.max(1, Math.min(processors, heapMb / LEAST_TASK_MB));
    int shareMb = heapMb / slots;
    var settings = new LinkedHashMap<String, String>();
    settings.put(Slots.MAP, Integer.toString(slots));
    settings.put(Slots.REDUCE, Integer.toString(slots));
    // Two steps may run side by side.
    put(settings, KernelSettings.FOLD_MEMORY_MB.name(), between(shareMb / 8, MOST_FOLD_MB));
    put(settings, IngestSettings.COMPACT_MEMORY_MB.name(), compactMb(shareMb));
    put(settings, MRJobConfig.IO_SORT_MB, LOCAL_SORT_MB);
    // Each reducer would take seven tenths of the whole process for what it fetches.
    settings.put(MRJobConfig.REDUCE_MEMORY_TOTAL_BYTES, Long.toString(((long) shareMb << 20) / 4));
    return settings;
  }

  /** Of tasks that have a process each, by the heap that the configuration gives them. */
  static Map<String, String> ofCluster(Configuration configuration) {
    int heapMb = heapMb(configuration);
    var settings = new LinkedHashMap<String, String>();
    put(settings, KernelSettings.FOLD_MEMORY_MB.name(), between(heapMb / 4, MOST_FOLD_MB));
    put(settings, IngestSettings.COMPACT_MEMORY_MB.name(), compactMb(heapMb));
    put(settings, MRJobConfig.IO_SORT_MB, between(heapMb / 8, MOST_SORT_MB));
    settings.put(MRJobConfig.SHUFFLE_INPUT_BUFFER_PERCENT, SHUFFLE_SHARE);
    if (masterHeapMb(configuration) >= heapMb) {
      // A job of one small split runs in its ApplicationMaster, without waiting for containers.
      settings.put(MRJobConfig.JOB_UBERTASK_ENABLE, "true");
      settings.put(MRJobConfig.JOB_UBERTASK_MAXMAPS, "1");
    }
    return settings;
  }

  /**
   * What is read and written beside does not grow with the heap; the more is sorted, the fewer
   * reads.
   */
  private static int compactMb(int heapMb) {
    return between(Math.max(heapMb / 3, heapMb / 2 - LEAST_TASK_MB), heapMb);
  }

  /** The smaller one of mappers and reducers, whose work is bounded by the same settings. */
  private static int heapMb(Configuration configuration) {
    var job = new JobConf(configuration);
    return Math.min(heapMb(job, TaskType.MAP), heapMb(job, TaskType.REDUCE));
  }

  private static int heapMb(JobConf job, TaskType type) {
    return heapMb(job.getTaskJavaOpts(type));
  }

  private static int masterHeapMb(Configuration configuration) {
    return heapMb(
        configuration.get(MRJobConfig.MR_AM_COMMAND_OPTS, MRJobConfig.DEFAULT_MR_AM_COMMAND_OPTS));
  }

  private static int heapMb(String javaOptions) {
    var options = MAXIMUM.matcher(javaOptions);
    long bytes = 0;
    // The last one counts.
    while (options.find()) {
      bytes = Long.parseLong(options.group(1)) << shift(options.group(2));
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes >> 20);
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "k", "K" -> 10;
      case "m", "M" -> 20;
      case "g", "G" -> 30;
      default -> 0;
    };
  }

  private static int between(int megabytes, int most) {
    return Math.max(LEAST_MB, Math.min(most, megabytes));
  }

  private static void put(Map<String, String> settings, String name, int megabytes) {
    settings.put(name, Integer.toString(megabytes));
  }
}
