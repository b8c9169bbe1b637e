package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * NameNode, DataNode, ResourceManager, NodeManagers and history server, each a process of its own
 * on this machine, with all their files in one folder.
 */
final class HadoopCluster implements AutoCloseable {
  private static final long PATIENCE_NANOSECONDS = 180_000_000_000L;
  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";

  private final Path folder;
  private final Software software;
  private final SiteFiles sites;
  private final ClusterOptions options;
  private final Path conf;
  private final List<ServerProcess> servers = Collections.synchronizedList(new ArrayList<>());

  private HadoopCluster(Path folder, Software software, ClusterOptions options) throws IOException {
    this.folder = folder;
    this.software = software;
    this.options = options;
    sites = new SiteFiles(folder, software, options);
    conf = sites.write();
  }

  /**
   * Starts a cluster, and waits until it takes jobs.
   *
   * @param folder for its files, which must be absolute
   */
  static HadoopCluster start(Path folder, Software software, ClusterOptions options)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("tmp"));
    var cluster = new HadoopCluster(folder, software, options);
    boolean isStarted = false;
    try {
      cluster.start();
      isStarted = true;
      return cluster;
    } finally {
      if (!isStarted) {
        cluster.close();
      }
    }
  }

  private void start() throws IOException, InterruptedException {
    format();
    start(NAME_NODE, conf, "namenode");
    start("org.apache.hadoop.hdfs.server.datanode.DataNode", conf, "datanode");
    start("org.apache.hadoop.yarn.server.resourcemanager.ResourceManager", conf, "resourcemanager");
    for (int node = 1; node <= options.nodes(); node++) {
      start(
          "org.apache.hadoop.yarn.server.nodemanager.NodeManager",
          sites.write(node),
          "nodemanager-" + node);
    }
    await("HDFS", this::makeFolders);
    start("org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer", conf, "historyserver");
    await("YARN", this::hasAllNodes);
  }

  private void format() throws IOException, InterruptedException {
    var command = new ArrayList<>(software.java(classPath(conf), "512m"));
    command.addAll(List.of(NAME_NODE, "-format", "-nonInteractive"));
    var log = folder.resolve("format.log");
    var format =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (format.waitFor() != 0) {
      throw new BigDayException("Cannot format HDFS; see %s", log);
    }
  }

  private void start(String mainClass, Path siteFiles, String name) throws IOException {
    servers.add(
        ServerProcess.start(
            software, mainClass, classPath(siteFiles), List.of(), folder.resolve(name + ".log")));
  }

  private String classPath(Path siteFiles) {
    return siteFiles + ":" + software.libraries() + "/*";
  }

  /** Asks whether something is ready; an exception says that it is not yet. */
  private interface Readiness {
    boolean isReady() throws IOException, YarnException;
  }

  private void await(String what, Readiness readiness) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOSECONDS;
    while (true) {
      servers.forEach(ServerProcess::requireAlive);
      Exception reason = null;
      try {
        if (readiness.isReady()) {
          return;
        }
      } catch (IOException | YarnException e) {
        reason = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BigDayException("Cannot start %s: %s; see the logs in %s", what, reason, folder);
      }
      Thread.sleep(200);
    }
  }

  private boolean makeFolders() throws IOException {
    var everybody = new FsPermission((short) 0777);
    try (var fileSystem = FileSystem.newInstance(configuration())) {
      for (var name : List.of("/tmp", SiteFiles.HISTORY, SiteFiles.HISTORY + "/new")) {
        var path = new org.apache.hadoop.fs.Path(name);
        if (!fileSystem.mkdirs(path)) {
          return false;
        }
        fileSystem.setPermission(path, everybody);
      }
      // A file can be written only once there is a DataNode.
      var probe = new org.apache.hadoop.fs.Path("/tmp/probe");
      fileSystem.create(probe, true).close();
      return fileSystem.getStatus().getCapacity() > 0;
    }
  }

  private boolean hasAllNodes() throws IOException, YarnException {
    try (var client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(configuration()));
      client.start();
      return client.getNodeReports(NodeState.RUNNING).size() == options.nodes();
    }
  }

  /** Waits until no job runs, so that the history has all of them. */
  void awaitIdle() throws InterruptedException {
    await("a quiet cluster", this::isIdle);
  }

  private boolean isIdle() throws IOException, YarnException {
    var unfinished =
        EnumSet.complementOf(
            EnumSet.of(
                YarnApplicationState.FINISHED,
                YarnApplicationState.FAILED,
                YarnApplicationState.KILLED));
    try (var client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(configuration()));
      client.start();
      return client.getApplications(unfinished).isEmpty();
    }
  }

  /** The settings of a client. */
  Configuration configuration() {
    var configuration = new Configuration();
    for (var name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "mapred-site.xml")) {
      configuration.addResource(new org.apache.hadoop.fs.Path(conf.resolve(name).toUri()));
    }
    return configuration;
  }

  /** What the cluster runs on. */
  Software software() {
    return software;
  }

  /** The folder of the site files of clients. */
  Path siteFiles() {
    return conf;
  }

  /** The class path of a client, site files included. */
  String classPath() {
    return classPath(conf);
  }

  /** Where containers log. */
  List<Path> containerLogs() {
    return sites.logs();
  }

  /** Stops all servers, the nodes with their containers first; may be called more than once. */
  @Override
  public void close() {
    List<ServerProcess> left;
    synchronized (servers) {
      left = new ArrayList<>(servers);
      servers.clear();
    }
    Collections.reverse(left);
    left.forEach(ServerProcess::end);
    left.forEach(ServerProcess::close);
    if (!left.isEmpty()) {
      killContainers();
    }
  }

  /** Of a node that did not end by itself. */
  private void killContainers() {
    try {
      for (var process : TaskProcess.running(folder)) {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    } catch (IOException e) {
      System.err.println("Cannot look for containers that are left: " + e);
    }
  }
}
