package org.clickmill.oozie;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private final Path kerberos;

  private MiniCluster(ServerProcess process, Path folder) {
    this.process = process;
    this.siteFiles = folder.resolve("conf");
    this.nodes = folder.resolve("nodes");
    this.kerberos = folder.resolve("kerberos");
  }

  /**
   * Starts a cluster and waits until it serves.
   *
   * @param folder for its files and logs; must not have any of another cluster
   */
  static MiniCluster start(Path folder) throws IOException {
    return start(folder, List.of(), "", List.of());
  }

  /**
   * Starts a cluster that uses Kerberos, with a KDC of its own, and waits until it serves.
   *
   * @param folder for its files and logs; must not have any of another cluster
   * @param nativeLibrary the folder with Hadoop's native library
   * @param keyProvider of encryption zones, whose server need not run yet
   */
  static MiniCluster startSecure(Path folder, Path nativeLibrary, String keyProvider)
      throws IOException {
    var servers = Files.createDirectories(folder.resolve("servers"));
    return start(
        folder,
        List.of("-Djava.library.path=" + nativeLibrary),
        servers + File.pathSeparator,
        List.of(nativeLibrary.toString(), servers.toString(), keyProvider));
  }

  private static MiniCluster start(
      Path folder, List<String> javaOptions, String classPath, List<String> more)
      throws IOException {
    var jars = MODULE.resolve("lib");
    var siteFiles = folder.resolve("conf");
    var arguments = new ArrayList<>(javaOptions);
    arguments.addAll(
        List.of(
            "-Xmx1g",
            "-cp",
            classPath + MODULE.resolve("classes") + File.pathSeparator + jars.resolve("*"),
            "org.clickmill.oozie.cluster.ClusterProcess",
            folder.toString(),
            siteFiles.toString(),
            jars.toString()));
    arguments.addAll(more);
    var process = ServerProcess.start("the cluster", folder, arguments);
    boolean serves = false;
    try {
      process.awaitAnswer("ready");
      serves = true;
    } finally {
      if (!serves) {
        process.close();
      }
    }
    return new MiniCluster(process, folder);
  }

  /** The folder with the site files of a client of this cluster. */
  Path siteFiles() {
    return siteFiles;
  }

  /** Where YARN's containers run and log. */
  Path nodes() {
    return nodes;
  }

  /** A file of a cluster that uses Kerberos: krb5.conf, or a keytab such as oozie.keytab. */
  Path kerberos(String name) {
    return kerberos.resolve(name);
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

  /** Makes an empty folder of HDFS an encryption zone, with a key of its own. */
  void createZone(String path) throws IOException {
    process.command("create zone " + path, "created zone " + path);
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
