package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Writes the folders of site files of the servers and clients of a cluster on this machine. */
final class SiteFiles {
  static final String HISTORY = "/history";

  private static final int OWN_PORTS = 7;
  private static final List<String> WEBAPPS =
      List.of("hdfs", "datanode", "secondary", "journal", "static");
  static final String ANY_PORT = "localhost:0";
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

  private final YarnSite yarn;

  /** Null where nobody asks who is there. */
  private final Kerberos kerberos;

  /** Null where there is one NameNode. */
  private final HighAvailability availability;

  /**
   * @param folder of the cluster
   * @param kerberos null for a cluster without it
   */
  SiteFiles(Path folder, Software software, ClusterOptions options, Kerberos kerberos)
      throws IOException {
    this.folder = folder;
    this.kerberos = kerberos;
    this.libraries = software.libraries() + "/*";
    javaHome = software.javaHome();
    this.options = options;
    if (options.isHighlyAvailable()) {
      ports = freePorts(OWN_PORTS + HighAvailability.PORTS);
      availability =
          new HighAvailability(
              folder, IntStream.range(OWN_PORTS, ports.length).mapToObj(this::address).toList());
    } else {
      ports = freePorts(OWN_PORTS);
      availability = null;
    }
    yarn =
        new YarnSite(
            folder, libraries, options, IntStream.range(1, 5).mapToObj(this::address).toList());
  }

  /** What makes HDFS highly available, or null. */
  HighAvailability availability() {
    return availability;
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
    return write("conf", "node-0", Map.of());
  }

  /** The folder of the site files of a NodeManager, whose local folders are its own. */
  Path write(int node) throws IOException {
    return write("conf-" + node, "node-" + node, Map.of());
  }

  /**
   * The folder of the site files of another server.
   *
   * @param hdfs what it has in hdfs-site.xml that others have not
   */
  Path write(String server, Map<String, String> hdfs) throws IOException {
    return write("conf-" + server, "node-0", hdfs);
  }

  /**
   * The folder of the site files of a DataNode.
   *
   * @param isFull whether it is to have no room
   */
  Path writeDataNode(int number, boolean isFull) throws IOException {
    var site = new LinkedHashMap<String, String>();
    site.put("dfs.datanode.data.dir", data(number).toUri().toString());
    if (isFull) {
      site.put("dfs.datanode.du.reserved", Long.toString(1L << 50));
    }
    return write(dataNode(number), site);
  }

  /** The name of a DataNode, as of a server. */
  String dataNode(int number) {
    return options.dataNodes() == 1 ? "datanode" : "datanode-" + number;
  }

  private Path data(int number) {
    var data = folder.resolve("data");
    return options.dataNodes() == 1 ? data : data.resolve(Integer.toString(number));
  }

  private Path write(String name, String node, Map<String, String> hdfs) throws IOException {
    var conf = Files.createDirectories(folder.resolve(name));
    for (var webapp : WEBAPPS) {
      Files.createDirectories(conf.resolve("webapps").resolve(webapp));
    }
    Files.writeString(conf.resolve("log4j.properties"), LOGGING);
    save(conf.resolve("core-site.xml"), core());
    save(conf.resolve("hdfs-site.xml"), hdfs(hdfs));
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
    if (availability == null) {
      site.set("fs.defaultFS", "hdfs://" + address(0));
    } else {
      availability.addToCore(site);
    }
    site.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    if (kerberos != null) {
      kerberos.addToCore(site);
    }
    return site;
  }

  private Configuration yarn(String node) {
    var site = yarn.of(folder.resolve(node), logs(node));
    if (kerberos != null) {
      kerberos.addToYarn(site);
    }
    return site;
  }

  private Configuration hdfs(Map<String, String> ofServer) {
    var site = new Configuration(false);
    site.set("dfs.replication", Integer.toString(options.dataNodes()));
    if (availability == null) {
      site.set("dfs.namenode.name.dir", folder.resolve("name").toUri().toString());
      site.set("dfs.namenode.http-address", ANY_PORT);
    } else {
      availability.addToHdfs(site);
    }
    site.set("dfs.datanode.address", ANY_PORT);
    site.set("dfs.datanode.ipc.address", ANY_PORT);
    site.set("dfs.datanode.http.address", ANY_PORT);
    site.set("dfs.namenode.safemode.extension", "0");
    if (kerberos != null) {
      kerberos.addToHdfs(site);
    }
    ofServer.forEach(site::set);
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
    var java = "-Xmx" + options.heap();
    if (kerberos != null) {
      kerberos.addToMapReduce(site);
      environment += ",LD_LIBRARY_PATH=" + kerberos.nativeFolder();
      java += " " + kerberos.krb5Option();
    }
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
    java += " -Xlog:gc:file=<LOG_DIR>/" + GcLog.FILE_NAME;
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
