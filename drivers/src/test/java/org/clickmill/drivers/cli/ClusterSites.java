package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** What an administrator of a cluster would have written for its clients. */
final class ClusterSites {
  private ClusterSites() {}

  /**
   * Writes the site files.
   *
   * @param conf the folder for them; made if missing
   * @param cluster the configuration that the servers run with
   * @param libraries the class path of containers
   * @param javaOptions more options of the Java of containers
   * @param environment more variables of their environment, a comma before each
   * @param security more properties, for core-site.xml
   */
  static void write(
      Path conf,
      Configuration cluster,
      String libraries,
      String javaOptions,
      String environment,
      Map<String, String> security)
      throws IOException {
    Files.createDirectories(conf);
    var site = copy(cluster, List.of("fs.defaultFS"));
    security.forEach(site::set);
    write(site, conf.resolve("core-site.xml"));
    site =
        copy(
            cluster,
            List.of(
                "yarn.resourcemanager.address",
                "yarn.resourcemanager.scheduler.address",
                "yarn.resourcemanager.webapp.address"));
    site.set("yarn.application.classpath", libraries);
    write(site, conf.resolve("yarn-site.xml"));
    site =
        copy(cluster, List.of("yarn.app.mapreduce.am.staging-dir", "mapreduce.jobhistory.address"));
    site.set("mapreduce.framework.name", "yarn");
    site.set("mapreduce.application.classpath", libraries);
    var javaHome = "JAVA_HOME=" + System.getProperty("java.home") + environment;
    for (var name :
        List.of("yarn.app.mapreduce.am.env", "mapreduce.map.env", "mapreduce.reduce.env")) {
      site.set(name, javaHome);
    }
    site.set("yarn.app.mapreduce.am.resource.mb", "768");
    site.set("mapreduce.map.memory.mb", "512");
    site.set("mapreduce.reduce.memory.mb", "512");
    var flags = " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + javaOptions;
    site.set("yarn.app.mapreduce.am.command-opts", "-Xmx512m" + flags);
    site.set("mapreduce.map.java.opts", "-Xmx400m" + flags);
    site.set("mapreduce.reduce.java.opts", "-Xmx400m" + flags);
    site.set("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "100");
    site.set("mapreduce.client.completion.pollinterval", "200");
    site.set("mapreduce.client.progressmonitor.pollinterval", "200");
    write(site, conf.resolve("mapred-site.xml"));
  }

  private static Configuration copy(Configuration cluster, List<String> names) {
    var site = new Configuration(false);
    names.forEach(name -> site.set(name, cluster.get(name)));
    return site;
  }

  private static void write(Configuration site, Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      site.writeXml(out);
    }
  }
}
