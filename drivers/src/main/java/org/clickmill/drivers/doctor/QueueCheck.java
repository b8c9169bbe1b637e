package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.yarn.api.records.QueueACL;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueState;
import org.apache.hadoop.yarn.api.records.QueueUserACLInfo;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.clickmill.jobs.kernel.Slots;

/** The queue that jobs go to, and whether the cluster has containers as large as they ask for. */
final class QueueCheck implements Check {
  private static final String QUEUE = "queue";
  private static final String SIZES = "container sizes";
  private static final String ADVICE_QUEUE =
      "Name another by -D "
          + MRJobConfig.QUEUE_NAME
          + "=QUEUE, or ask the cluster's administrator.";

  private final Configuration configuration;

  QueueCheck(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return QUEUE;
  }

  @Override
  public String advice() {
    return "Is the ResourceManager at "
        + configuration.get(YarnConfiguration.RM_ADDRESS, "the address of yarn-site.xml")
        + " up, and is the cluster's yarn-site.xml on the class path?";
  }

  /**
   * A container that jobs ask for.
   *
   * @param of what runs in it
   * @param memoryMb the memory asked for
   * @param memorySetting the name of the setting that says so
   * @param cores the virtual cores asked for
   */
  record Size(String of, long memoryMb, String memorySetting, int cores) {}

  @Override
  public List<Finding> run() throws IOException, YarnException {
    if (Slots.isLocal(configuration)) {
      return List.of(Finding.skipped(QUEUE, "jobs run in this process, without a cluster"));
    }
    var name = configuration.get(MRJobConfig.QUEUE_NAME, JobConf.DEFAULT_QUEUE_NAME);
    try (var yarn = YarnClient.createYarnClient()) {
      yarn.init(new YarnConfiguration(configuration));
      yarn.start();
      var maximum =
          yarn.createApplication().getNewApplicationResponse().getMaximumResourceCapability();
      int nodes = yarn.getYarnClusterMetrics().getNumNodeManagers();
      return List.of(
          queue(name, info(yarn, name), yarn.getQueueAclsInfo()),
          sizes(sizes(configuration), maximum, nodes));
    }
  }

  /** Null if there is none. */
  private static QueueInfo info(YarnClient yarn, String name) throws IOException, YarnException {
    try {
      return yarn.getQueueInfo(name);
    } catch (YarnException e) {
      if (Reasons.describe(e).toLowerCase(Locale.ROOT).contains("unknown queue")) {
        return null;
      }
      throw e;
    }
  }

  /**
   * Judges the queue.
   *
   * @param info null if there is none of the name
   * @param rights what the user may do in which queues; those that are not named are unknown
   */
  static Finding queue(String name, QueueInfo info, List<QueueUserACLInfo> rights) {
    if (info == null) {
      return Finding.failed(QUEUE, "there is no queue '" + name + "'", ADVICE_QUEUE);
    }
    var state = info.getQueueState();
    if (state != null && state != QueueState.RUNNING) {
      return Finding.failed(
          QUEUE, "'" + name + "' is " + state + ", and takes no jobs", ADVICE_QUEUE);
    }
    boolean isRefused =
        rights.stream()
            .filter(right -> isOf(right.getQueueName(), name))
            .anyMatch(right -> !right.getUserAcls().contains(QueueACL.SUBMIT_APPLICATIONS));
    if (isRefused) {
      return Finding.failed(QUEUE, "the user may not submit jobs to '" + name + "'", ADVICE_QUEUE);
    }
    if (info.getMaximumCapacity() == 0) {
      return Finding.failed(QUEUE, "'" + name + "' has a maximum capacity of 0", ADVICE_QUEUE);
    }
    return Finding.ok(
        QUEUE,
        String.format(
            Locale.ROOT,
            "'%s' is running, with %s of the cluster and at most %s; %s of its share is in use",
            name,
            percent(info.getCapacity()),
            percent(info.getMaximumCapacity()),
            percent(info.getCurrentCapacity())));
  }

  /** By its whole path or its last name. */
  private static boolean isOf(String queue, String name) {
    return queue.equals(name) || queue.endsWith("." + name);
  }

  private static String percent(float share) {
    return Float.isFinite(share) && share >= 0
        ? String.format(Locale.ROOT, "%.0f %%", 100 * share)
        : "an unknown share";
  }

  private static List<Size> sizes(Configuration configuration) {
    var job = new JobConf(configuration);
    return List.of(
        new Size(
            "map tasks",
            job.getMemoryRequired(TaskType.MAP),
            MRJobConfig.MAP_MEMORY_MB,
            job.getInt(MRJobConfig.MAP_CPU_VCORES, MRJobConfig.DEFAULT_MAP_CPU_VCORES)),
        new Size(
            "reduce tasks",
            job.getMemoryRequired(TaskType.REDUCE),
            MRJobConfig.REDUCE_MEMORY_MB,
            job.getInt(MRJobConfig.REDUCE_CPU_VCORES, MRJobConfig.DEFAULT_REDUCE_CPU_VCORES)),
        new Size(
            "ApplicationMasters",
            job.getInt(MRJobConfig.MR_AM_VMEM_MB, MRJobConfig.DEFAULT_MR_AM_VMEM_MB),
            MRJobConfig.MR_AM_VMEM_MB,
            job.getInt(MRJobConfig.MR_AM_CPU_VCORES, MRJobConfig.DEFAULT_MR_AM_CPU_VCORES)));
  }

  /**
   * Judges what jobs ask for.
   *
   * @param maximum the largest container that the cluster gives
   * @param nodes how many nodes it has
   */
  static Finding sizes(List<Size> asked, Resource maximum, int nodes) {
    if (nodes == 0) {
      return Finding.failed(
          SIZES, "no node of the cluster is up", "Start the NodeManagers, or ask who runs them.");
    }
    var tooLarge = new ArrayList<String>();
    for (var size : asked) {
      if (size.memoryMb() > maximum.getMemorySize()) {
        tooLarge.add(size.memorySetting());
      }
      if (size.cores() > maximum.getVirtualCores()) {
        tooLarge.add("the cores of " + size.of());
      }
    }
    var found =
        asked.stream()
                .map(
                    size -> String.format(Locale.ROOT, "%,d MB for %s", size.memoryMb(), size.of()))
                .collect(Collectors.joining(", "))
            + String.format(
                Locale.ROOT,
                "; the largest that the cluster gives (nodes: %,d) has %,d MB and %,d cores",
                nodes,
                maximum.getMemorySize(),
                maximum.getVirtualCores());
    return tooLarge.isEmpty()
        ? Finding.ok(SIZES, found)
        : Finding.failed(SIZES, found, "Lower " + String.join(", ", tooLarge) + ".");
  }
}
