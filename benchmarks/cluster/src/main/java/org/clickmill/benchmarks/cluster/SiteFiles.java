package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Writes the folders of site files of the servers and clients of a cluster on this machine. */
final class SiteFiles {
  static final String HISTORY = "/history";

  private static final List<String> WEBAPPS = List.of("hdfs", "datanode", "secondary", "static");
  private static final String ANY_PORT = "localhost:0";
  private static final String LOGGING =
      """
      log4j.rootLogger=WARN,stderr
      log4j.appender.stderr=org.apache.log4j.ConsoleAppender
      log4j.appender.stderr.target=System.err
      log4j.appender.stderr.layout=org.apache.log4j.PatternLayout
      log4j.appender.stderr.layout.ConversionPattern=%d{ISO8601} %p %c{1}: %m%n
      """;

  private final Path folder;
  private final String libraries;
  private final Path javaHome;
  private final ClusterOptions options;
  private final int[] ports;

  /**
   * @param folder of the cluster
   */
  SiteFiles(Path folder, Software software, ClusterOptions options) throws IOException {
    this.folder = folder;
    this.libraries = software.libraries() + "/*";
    javaHome = software.javaHome();
    this.options = options;
    ports = freePorts(7);
  }

  /** Ports that are free now; they are all held until the last is known. */
  private static int[] freePorts(int count) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  /** The folder of the site files of all servers but the nodes, and of the clients. */
  Path write() throws IOException {
    return write("conf", "node-0");
  }

  /** The folder of the site files of a NodeManager, whose local folders are its own. */
  Path write(int node) throws IOException {
    return write("conf-" + node, "node-" + node);
  }

  private Path write(String name, String node) throws IOException {
    var conf = Files.createDirectories(folder.resolve(name));
    for (var webapp : WEBAPPS) {
      Files.createDirectories(conf.resolve("webapps").resolve(webapp));
    }
    Files.writeString(conf.resolve("log4j.properties"), LOGGING);
    save(conf.resolve("core-site.xml"), core());
    save(conf.resolve("hdfs-site.xml"), hdfs());
    save(conf.resolve("yarn-site.xml"), yarn(node));
    save(conf.resolve("mapred-site.xml"), mapred());
    return conf;
  }

  private static void save(Path file, Configuration site) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      site.writeXml(out);
    }
  }

  private Configuration core() {
    var site = new Configuration(false);
    site.set("fs.defaultFS", "hdfs://" + address(0));
    site.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    return site;
  }

  private Configuration hdfs() {
    var site = new Configuration(false);
    site.set("dfs.replication", "1");
    site.set("dfs.namenode.name.dir", folder.resolve("name").toUri().toString());
    site.set("dfs.datanode.data.dir", folder.resolve("data").toUri().toString());
    site.set("dfs.namenode.http-address", ANY_PORT);
    site.set("dfs.datanode.address", ANY_PORT);
    site.set("dfs.datanode.ipc.address", ANY_PORT);
    site.set("dfs.datanode.http.address", ANY_PORT);
    site.set("dfs.namenode.safemode.extension", "0");
    return site;
  }

  private Configuration yarn(String node) {
    var site = new Configuration(false);
    var manager = "yarn.resourcemanager.";
    site.set(manager + "address", address(1));
    site.set(manager + "scheduler.address", address(2));
    site.set(manager + "resource-tracker.address", address(3));
    site.set(manager + "admin.address", address(4));
    site.set(manager + "webapp.address", ANY_PORT);
    site.set(manager + "nodemanagers.heartbeat-interval-ms", "200");
    site.set("yarn.scheduler.minimum-allocation-mb", "128");
    site.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.4");
    var local = "yarn.nodemanager.";
    for (var name : List.of("address", "localizer.address", "webapp.address")) {
      site.set(local + name, ANY_PORT);
    }
    site.set(local + "local-dirs", folder.resolve(node).resolve("local").toString());
    site.set(local + "log-dirs", logs(node).toString());
    site.set(local + "log.retain-seconds", "1000000");
    site.set(local + "aux-services", "mapreduce_shuffle");
    site.set(local + "resource.memory-mb", Integer.toString(options.nodeMegabytes()));
    site.set(local + "resource.cpu-vcores", "64");
    // Memory that is really used is checked: a container that uses more than it has is killed.
    site.set(local + "vmem-check-enabled", "false");
    site.set(local + "disk-health-checker.max-disk-utilization-per-disk-percentage", "99");
    site.set("yarn.application.classpath", libraries);
    return site;
  }

  /** Where the containers of a node log. */
  private Path logs(String node) {
    return folder.resolve(node).resolve("logs");
  }

  /** Where the containers of all nodes log. */
  List<Path> logs() {
    var logs = new ArrayList<Path>();
    for (int node = 1; node <= options.nodes(); node++) {
      logs.add(logs("node-" + node));
    }
    return logs;
  }

  private Configuration mapred() {
    var site = new Configuration(false);
    site.set("mapreduce.framework.name", "yarn");
    site.set("mapreduce.application.classpath", libraries);
    site.set("mapreduce.jobhistory.address", address(5));
    site.set("mapreduce.jobhistory.admin.address", address(6));
    site.set("mapreduce.jobhistory.webapp.address", ANY_PORT);
    site.set("mapreduce.jobhistory.intermediate-done-dir", HISTORY + "/new");
    site.set("mapreduce.jobhistory.done-dir", HISTORY + "/done");
    site.set("mapreduce.shuffle.port", "0");
    var environment = "JAVA_HOME=" + javaHome;
    for (var name :
        List.of("yarn.app.mapreduce.am.env", "mapreduce.map.env", "mapreduce.reduce.env")) {
      site.set(name, environment);
    }
    var megabytes = Integer.toString(options.containerMegabytes());
    for (var name :
        List.of(
            "yarn.app.mapreduce.am.resource.mb",
            "mapreduce.map.memory.mb",
            "mapreduce.reduce.memory.mb")) {
      site.set(name, megabytes);
    }
    // YARN puts the container's own folder in the place of <LOG_DIR>.
    var java = "-Xmx" + options.heap() + " -Xlog:gc:file=<LOG_DIR>/" + GcLog.FILE_NAME;
    site.set("mapreduce.map.java.opts", java);
    site.set("mapreduce.reduce.java.opts", java);
    site.set("yarn.app.mapreduce.am.command-opts", java + " -XX:TieredStopAtLevel=1");
    // Quicker than a large cluster's, so that less of a small run is waiting.
    site.set("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "200");
    site.set("mapreduce.client.progressmonitor.pollinterval", "200");
    site.set("mapreduce.client.completion.pollinterval", "200");
    return site;
  }

  private String address(int port) {
    return "localhost:" + ports[port];
  }

  String resourceManager() {
    return address(1);
  }

  String historyServer() {
    return address(5);
  }
}
