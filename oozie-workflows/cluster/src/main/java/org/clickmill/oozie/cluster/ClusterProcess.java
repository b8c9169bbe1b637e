package org.clickmill.oozie.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;

/**
 * What runs in the cluster's process: starts HDFS, YARN and a node, writes the site files of a
 * client, says that it is ready, and then obeys the lines of standard input. It ends when that is
 * closed, and so with the process that started it, however that ends.
 */
final class ClusterProcess {
  private ClusterProcess() {}

  /**
   * Runs the cluster.
   *
   * @param arguments the folder for the cluster's files, the one for the site files, and the one of
   *     Hadoop's jars, for containers
   */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]).toAbsolutePath();
    var configuration = ClusterConfiguration.ofServers(folder);
    var hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
    configuration.set("fs.defaultFS", hdfs.getURI().toString());
    // The nodes are added here, since the small cluster cannot replace one.
    var yarn = new MiniMRYarnCluster("clickmill", 0);
    yarn.init(configuration);
    yarn.start();
    var node = new Node(yarn.getConfig(), folder.resolve("nodes"));
    node.start();
    writeSiteFiles(
        yarn.getConfig(),
        Files.createDirectories(Path.of(arguments[1])),
        Path.of(arguments[2]).toAbsolutePath() + "/*");
    answer("ready");
    obey(node);
    // Nothing here is worth the 17 seconds of an orderly end.
    Runtime.getRuntime().halt(0);
  }

  private static void writeSiteFiles(Configuration cluster, Path conf, String classPath)
      throws IOException {
    try (var out = Files.newOutputStream(conf.resolve("core-site.xml"))) {
      ClusterConfiguration.coreSite(cluster).writeXml(out);
    }
    try (var out = Files.newOutputStream(conf.resolve("yarn-site.xml"))) {
      ClusterConfiguration.yarnSite(cluster, classPath).writeXml(out);
    }
    try (var out = Files.newOutputStream(conf.resolve("mapred-site.xml"))) {
      ClusterConfiguration.mapredSite(cluster, classPath).writeXml(out);
    }
  }

  private static void obey(Node node) throws IOException {
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var command = commands.readLine(); command != null; command = commands.readLine()) {
      switch (command) {
        case "stop node" -> {
          node.stop();
          answer("stopped node");
        }
        case "start node" -> {
          node.start();
          answer("started node");
        }
        default -> answer("Invalid command: " + command);
      }
    }
  }

  private static void answer(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
