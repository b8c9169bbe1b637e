package org.clickmill.benchmarks.cluster;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What is in the yarn-site.xml of the servers and clients of a cluster. */
final class YarnSite {
  private static final String MANAGER = "yarn.resourcemanager.";

  private final Path folder;
  private final String libraries;
  private final ClusterOptions options;
  private final List<String> addresses;

  /**
   * @param folder of the cluster
   * @param libraries the class path of containers
   * @param addresses four that are free, for the ResourceManager
   */
  YarnSite(Path folder, String libraries, ClusterOptions options, List<String> addresses) {
    this.folder = folder;
    this.libraries = libraries;
    this.options = options;
    this.addresses = List.copyOf(addresses);
  }

  /**
   * Of one server.
   *
   * @param node the folder of a node, or of nobody
   * @param logs where the containers of the node log
   */
  Configuration of(Path node, Path logs) {
    var site = new Configuration(false);
    site.set(MANAGER + "address", addresses.get(0));
    site.set(MANAGER + "scheduler.address", addresses.get(1));
    site.set(MANAGER + "resource-tracker.address", addresses.get(2));
    site.set(MANAGER + "admin.address", addresses.get(3));
    site.set(MANAGER + "webapp.address", SiteFiles.ANY_PORT);
    site.set(MANAGER + "nodemanagers.heartbeat-interval-ms", "200");
    site.set("yarn.scheduler.minimum-allocation-mb", "128");
    site.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.4");
    var local = "yarn.nodemanager.";
    for (var name : List.of("address", "localizer.address", "webapp.address")) {
      site.set(local + name, SiteFiles.ANY_PORT);
    }
    site.set(local + "local-dirs", node.resolve("local").toString());
    site.set(local + "log-dirs", logs.toString());
    site.set(local + "log.retain-seconds", "1000000");
    site.set(local + "aux-services", "mapreduce_shuffle");
    site.set(local + "resource.memory-mb", Integer.toString(options.nodeMegabytes()));
    site.set(local + "resource.cpu-vcores", "64");
    // Memory that is really used is checked: a container that uses more than it has is killed.
    site.set(local + "vmem-check-enabled", "false");
    site.set(local + "disk-health-checker.max-disk-utilization-per-disk-percentage", "99");
    site.set("yarn.application.classpath", libraries);
    if (options.isHighlyAvailable()) {
      addRecovery(site);
    }
    return site;
  }

  /** A ResourceManager that goes on where it was killed, and nodes that are soon missed. */
  private void addRecovery(Configuration site) {
    site.set(MANAGER + "recovery.enabled", "true");
    site.set(
        MANAGER + "store.class",
        "org.apache.hadoop.yarn.server.resourcemanager.recovery.FileSystemRMStateStore");
    site.set(MANAGER + "fs.state-store.uri", folder.resolve("resourcemanager").toUri().toString());
    site.set(MANAGER + "work-preserving-recovery.scheduling-wait-ms", "2000");
    site.set("yarn.nm.liveness-monitor.expiry-interval-ms", "10000");
    // Also how long an ApplicationMaster may take to start, on a machine that is busy.
    site.set("yarn.am.liveness-monitor.expiry-interval-ms", "40000");
    // Of the nodes alone; clients wait as they do elsewhere.
    site.set("yarn.nodemanager.resourcemanager.connect.retry-interval.ms", "1000");
  }
}
