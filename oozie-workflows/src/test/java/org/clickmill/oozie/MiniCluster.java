package org.clickmill.oozie;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A Hadoop cluster of one node, with HDFS and YARN, in a process of its own on the class path of
 * the module {@code oozie-workflows/cluster}.
 */
final class MiniCluster implements AutoCloseable {
  private static final Path MODULE = Path.of("cluster", "target").toAbsolutePath();
  private static final long POLL_MILLISECONDS = 100;

  /** Of the files below the folder of all nodes in which YARN notes processes. */
  private static final int DEPTH_OF_PIDS = 6;

  private final ServerProcess process;
  private final Path siteFiles;
  private final Path nodes;

  private MiniCluster(ServerProcess process, Path siteFiles, Path nodes) {
    this.process = process;
    this.siteFiles = siteFiles;
    this.nodes = nodes;
  }

  /**
   * Starts a cluster and waits until it serves.
   *
   * @param folder for its files and logs; must not have any of another cluster
   */
  static MiniCluster start(Path folder) throws IOException {
    var jars = MODULE.resolve("lib");
    var siteFiles = folder.resolve("conf");
    var process =
        ServerProcess.start(
            "the cluster",
            folder,
            List.of(
                "-Xmx1g",
                "-cp",
                MODULE.resolve("classes") + File.pathSeparator + jars.resolve("*"),
                "org.clickmill.oozie.cluster.ClusterProcess",
                folder.toString(),
                siteFiles.toString(),
                jars.toString()));
    boolean serves = false;
    try {
      process.awaitAnswer("ready");
      serves = true;
    } finally {
      if (!serves) {
        process.close();
      }
    }
    return new MiniCluster(process, siteFiles, folder.resolve("nodes"));
  }

  /** The folder with the site files of a client of this cluster. */
  Path siteFiles() {
    return siteFiles;
  }

  /** The configuration of a client. */
  Configuration configuration() {
    var configuration = new Configuration();
    for (var name : List.of("core-site.xml", "yarn-site.xml", "mapred-site.xml")) {
      configuration.addResource(new org.apache.hadoop.fs.Path(siteFiles.resolve(name).toUri()));
    }
    return configuration;
  }

  /** The root of HDFS. */
  String nameNode() {
    return configuration().get("fs.defaultFS");
  }

  String resourceManager() {
    return configuration().get("yarn.resourcemanager.address");
  }

  /** Stops the only node: its containers are killed, and YARN waits for another. */
  void stopNode() throws IOException {
    process.command("stop node", "stopped node");
  }

  /** Adds a node in the place of the one that was stopped. */
  void startNode() throws IOException {
    process.command("start node", "started node");
  }

  /** Kills the first container of an application, its master, as {@code kill -9} does. */
  void killMaster(String application) throws IOException, InterruptedException {
    var pid = masterPid(application);
    while (pid.isEmpty()) {
      Thread.sleep(POLL_MILLISECONDS);
      pid = masterPid(application);
    }
    var master = ProcessHandle.of(pid.get()).orElseThrow();
    if (!master.destroyForcibly()) {
      throw new IOException("Cannot kill the master of " + application + ": " + pid.get());
    }
  }

  /** The process that YARN has noted for the first attempt's master; empty if it has not begun. */
  private Optional<Long> masterPid(String application) throws IOException {
    var name = "container_" + application.substring("application_".length()) + "_01_000001.pid";
    try (var files =
        Files.find(nodes, DEPTH_OF_PIDS, (path, kind) -> path.endsWith(name) && kind.size() > 0)) {
      var file = files.findFirst();
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(Long.valueOf(Files.readString(file.get()).strip()));
    } catch (UncheckedIOException e) {
      // YARN has deleted a folder meanwhile.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
