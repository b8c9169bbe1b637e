package org.clickmill.oozie.cluster;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The settings of the cluster's servers, and those that its administrator gives to clients. */
final class ClusterConfiguration {
  private static final String NODE_MEGABYTES = "16384";

  /** How soon, and how often, closing a file asks whether its last block has been reported. */
  private static final String CLOSE_DELAY =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  private static final String CLOSE_RETRIES = "dfs.client.block.write.locateFollowingBlock.retries";

  private static final String QUEUES = "yarn.scheduler.capacity.root.";

  private static final String CONTAINERS_ENVIRONMENT = "yarn.nodemanager.admin-env";
  private static final String JAVA_FLAGS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private ClusterConfiguration() {}

  /**
   * @param folder for the files of HDFS
   * @param oozie the user of the Oozie server
   */
  static YarnConfiguration ofServers(Path folder, String oozie) {
    var servers = new YarnConfiguration();
    servers.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    servers.set("dfs.replication", "1");
    servers.set(CLOSE_DELAY, "10");
    servers.set(CLOSE_RETRIES, "11");
    // The Oozie server acts for the users who submit jobs.
    servers.set("hadoop.proxyuser." + oozie + ".hosts", "*");
    servers.set("hadoop.proxyuser." + oozie + ".groups", "*");
    servers.set("yarn.nodemanager.resource.memory-mb", NODE_MEGABYTES);
    servers.set("yarn.nodemanager.vmem-check-enabled", "false");
    servers.set("yarn.nodemanager.pmem-check-enabled", "false");
    // Launchers too start sooner with these.
    servers.set(CONTAINERS_ENVIRONMENT, "JAVA_TOOL_OPTIONS=" + JAVA_FLAGS);
    servers.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99");
    servers.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    servers.set("yarn.scheduler.minimum-allocation-mb", "128");
    // An action's launcher waits for the job that it started: both are application masters.
    servers.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");
    addQueues(servers);
    return servers;
  }

  /** Adds options to the Java of every container, launchers included. */
  static void addJavaOptions(Configuration servers, String options) {
    servers.set(CONTAINERS_ENVIRONMENT, servers.get(CONTAINERS_ENVIRONMENT) + options);
  }

  /** A queue for launchers alone, beside the one that has most of the room. */
  private static void addQueues(Configuration servers) {
    servers.set(QUEUES + "queues", "default,launchers");
    servers.set(QUEUES + "default.capacity", "90");
    servers.set(QUEUES + "launchers.capacity", "10");
    // One user runs everything.
    servers.set(QUEUES + "default.user-limit-factor", "2");
    servers.set(QUEUES + "launchers.user-limit-factor", "2");
  }

  static Configuration coreSite(Configuration cluster) {
    return copy(cluster, List.of("fs.defaultFS", CLOSE_DELAY, CLOSE_RETRIES));
  }

  static Configuration yarnSite(Configuration cluster, String classPath) {
    var site =
        copy(
            cluster,
            List.of(
                "yarn.resourcemanager.address",
                "yarn.resourcemanager.scheduler.address",
                "yarn.resourcemanager.webapp.address"));
    site.set("yarn.application.classpath", classPath);
    return site;
  }

  static Configuration mapredSite(Configuration cluster, String classPath) {
    var site =
        copy(cluster, List.of("yarn.app.mapreduce.am.staging-dir", "mapreduce.jobhistory.address"));
    site.set("mapreduce.framework.name", "yarn");
    site.set("mapreduce.application.classpath", classPath);
    site.set("yarn.app.mapreduce.am.resource.mb", "768");
    site.set("mapreduce.map.memory.mb", "512");
    site.set("mapreduce.reduce.memory.mb", "512");
    site.set("yarn.app.mapreduce.am.command-opts", "-Xmx512m");
    site.set("mapreduce.map.java.opts", "-Xmx400m");
    site.set("mapreduce.reduce.java.opts", "-Xmx400m");
    var javaHome = "JAVA_HOME=" + System.getProperty("java.home");
    for (var name :
        List.of("yarn.app.mapreduce.am.env", "mapreduce.map.env", "mapreduce.reduce.env")) {
      site.set(name, javaHome);
    }
    site.set("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "100");
    site.set("mapreduce.client.completion.pollinterval", "200");
    site.set("mapreduce.client.progressmonitor.pollinterval", "200");
    return site;
  }

  private static Configuration copy(Configuration cluster, List<String> names) {
    var site = new Configuration(false);
    names.forEach(name -> site.set(name, cluster.get(name)));
    return site;
  }
}
