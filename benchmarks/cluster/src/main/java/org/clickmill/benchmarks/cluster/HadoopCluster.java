package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * NameNode, DataNode, ResourceManager, NodeManagers and history server, each a process of its own
 * on this machine, with all their files in one folder; on demand also what lets them be lost, see
 * {@link HighAvailability}. The name of a server is that of its log.
 */
final class HadoopCluster implements AutoCloseable {
  static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  static final String CONTROLLER = "org.apache.hadoop.hdfs.tools.DFSZKFailoverController";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";

  private final Path folder;
  private final Software software;
  private final SiteFiles sites;
  private final ClusterOptions options;
  private final Path conf;
  private final Servers servers;
  private final ClusterReadiness readiness;

  private HadoopCluster(Path folder, Software software, ClusterOptions options, Kerberos kerberos)
      throws IOException {
    this.folder = folder;
    this.software = software;
    this.options = options;
    sites = new SiteFiles(folder, software, options, kerberos);
    conf = sites.write();
    servers = new Servers(folder, software);
    readiness = new ClusterReadiness(folder, servers, this::configuration);
  }

  /**
   * Starts a cluster, and waits until it takes jobs.
   *
   * @param folder for its files, which must be absolute
   */
  static HadoopCluster start(Path folder, Software software, ClusterOptions options)
      throws IOException, InterruptedException {
    return start(folder, software, options, null);
  }

  /**
   * The same, by Kerberos if there is any: then this process is logged in as the cluster's servers
   * are.
   *
   * @param kerberos null for a cluster that does not ask who is there
   */
  static HadoopCluster start(
      Path folder, Software software, ClusterOptions options, Kerberos kerberos)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("tmp"));
    var cluster =
        new HadoopCluster(
            folder,
            kerberos == null ? software : software.with(kerberos.javaOptions()),
            options,
            kerberos);
    boolean isStarted = false;
    try {
      if (kerberos != null) {
        kerberos.login(cluster.configuration());
      }
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
    if (options.isHighlyAvailable()) {
      startNameNodes(sites.availability());
    } else {
      run("format", conf, NAME_NODE, "-format", "-nonInteractive");
      servers.start(new Server("namenode", NAME_NODE, conf));
    }
    for (int number = 1; number <= options.dataNodes(); number++) {
      servers.start(
          new Server(sites.dataNode(number), DATA_NODE, sites.writeDataNode(number, false)));
    }
    servers.start(
        new Server(
            "resourcemanager",
            "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager",
            conf));
    for (int node = 1; node <= options.nodes(); node++) {
      servers.start(
          new Server(
              "nodemanager-" + node,
              "org.apache.hadoop.yarn.server.nodemanager.NodeManager",
              sites.write(node)));
    }
    readiness.awaitHdfs();
    servers.start(
        new Server("historyserver", "org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer", conf));
    readiness.awaitNodes(options.nodes());
  }

  private void startNameNodes(HighAvailability availability)
      throws IOException, InterruptedException {
    for (var server : availability.beneath(sites)) {
      servers.start(server);
    }
    readiness.awaitListening(availability.addressesBeneath());
    var nameNodes = availability.nameNodes(sites);
    var first = nameNodes.get(0).siteFiles();
    run("format", first, NAME_NODE, "-format", "-nonInteractive");
    availability.copyFormatted();
    run("format-zookeeper", first, CONTROLLER, "-formatZK", "-nonInteractive");
    for (var server : nameNodes) {
      servers.start(server);
    }
    for (var server : availability.controllers(nameNodes)) {
      servers.start(server);
    }
  }

  /** Runs what ends by itself. */
  private void run(String name, Path siteFiles, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(software.java(Servers.classPath(siteFiles, software), "512m"));
    command.addAll(List.of(arguments));
    var log = folder.resolve(name + ".log");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() == 0) {
      return;
    }
    // As Java 24 words it to those who ask it who they are.
    if (Files.readString(log).contains("getSubject is not supported")) {
      throw new BigDayException(
          "Hadoop %s does not run on Java %s", software.version(), software.javaVersion());
    }
    throw new BigDayException("Cannot %s HDFS; see %s", name, log);
  }

  /** Kills a server, as kill -9 does. */
  void kill(String server) throws IOException, InterruptedException {
    servers.kill(server);
  }

  /** Starts a server that was killed. */
  void restart(String server) throws IOException {
    servers.restart(server);
  }

  /** Starts all servers that were killed, and waits until the cluster takes jobs. */
  void heal() throws IOException, InterruptedException {
    servers.restartAll();
    readiness.awaitHdfs();
    readiness.awaitNodes(options.nodes());
  }

  /** Takes all room from a DataNode, or gives it back; it is started again for it. */
  void restartDataNode(int number, boolean isFull) throws IOException, InterruptedException {
    sites.writeDataNode(number, isFull);
    var name = sites.dataNode(number);
    if (servers.isRunning(name)) {
      servers.kill(name);
    }
    servers.restart(name);
  }

  /** The name of the NameNode that is active now. */
  String activeNameNode() throws IOException, InterruptedException {
    return NameNodeState.active(sites.availability());
  }

  /** Waits until no job runs, so that the history has all of them. */
  void awaitIdle() throws InterruptedException {
    readiness.awaitIdle();
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
    return Servers.classPath(conf, software);
  }

  /** Where containers log. */
  List<Path> containerLogs() {
    return sites.logs();
  }

  /** Stops all servers, the nodes with their containers first; may be called more than once. */
  @Override
  public void close() {
    if (servers.stop()) {
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
