package org.clickmill.oozie;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The applications as they are deployed to the cluster, with the job jar that the build made. */
final class Applications {
  private static final java.nio.file.Path SOURCE = java.nio.file.Path.of("src/main/oozie");
  private static final java.nio.file.Path JOB_JAR =
      java.nio.file.Path.of("../drivers/target/clickmill.jar");

  private final MiniCluster cluster;
  private final FileSystem fileSystem;
  private final Path root;

  private Applications(MiniCluster cluster, FileSystem fileSystem, Path root) {
    this.cluster = cluster;
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * Deploys them.
   *
   * @param site settings of every step
   */
  static Applications deploy(MiniCluster cluster, Path root, Configuration site)
      throws IOException {
    var fileSystem = FileSystem.get(cluster.configuration());
    var applications = new Applications(cluster, fileSystem, fileSystem.makeQualified(root));
    for (var name :
        List.of("bundle", "daily", "daily-small", "datasets.xml", "load", "notify", "restate")) {
      applications.put(SOURCE.resolve(name), name);
    }
    applications.put(JOB_JAR, "lib/clickmill.jar");
    try (var out = fileSystem.create(new Path(root, "clickmill-site.xml"), false)) {
      site.writeXml(out);
    }
    return applications;
  }

  /**
   * Settings with which a job of a single map task and a single reduce task runs in its master, and
   * starts two containers less. Others, such as the loader's, run as usual. Not where tasks fail:
   * Hadoop then runs the reduce task too, and the master ends without a word of the job's end.
   */
  static Configuration smallJobs() {
    var site = new Configuration(false);
    site.set("mapreduce.job.ubertask.enable", "true");
    site.set("mapreduce.job.ubertask.maxmaps", "1");
    return site;
  }

  /** Writes the workflow of another application. */
  void putWorkflow(String name, String xml) throws IOException {
    try (var out = fileSystem.create(new Path(root, name + "/workflow.xml"), false)) {
      out.write(xml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** The properties that every job needs. */
  Properties properties() {
    var properties = new Properties();
    properties.setProperty("user.name", System.getProperty("user.name"));
    properties.setProperty("nameNode", cluster.nameNode());
    properties.setProperty("resourceManager", cluster.resourceManager());
    properties.setProperty("queueName", "default");
    properties.setProperty("oozieApps", root.toString());
    properties.setProperty("oozie.libpath", root + "/lib");
    return properties;
  }

  /** The properties of an application as they ship, with those of this cluster. */
  Properties properties(String application) throws IOException {
    var shipped = new Properties();
    shipped.load(
        new StringReader(Files.readString(SOURCE.resolve(application + "/job.properties"))));
    // There is no share lib here: the server ships what launchers need.
    shipped.remove("oozie.use.system.libpath");
    shipped.putAll(properties());
    return resolved(shipped);
  }

  /** Fills references to other properties in, as Oozie's command line does. */
  private static Properties resolved(Properties properties) {
    var configuration = new Configuration(false);
    for (var name : properties.stringPropertyNames()) {
      configuration.set(name, properties.getProperty(name));
    }
    var resolved = new Properties();
    for (var name : properties.stringPropertyNames()) {
      resolved.setProperty(name, configuration.get(name));
    }
    return resolved;
  }

  private void put(java.nio.file.Path source, String name) throws IOException {
    var folder = new Path(root, name).getParent();
    if (!fileSystem.mkdirs(folder)) {
      throw new IOException("Cannot create folder: " + folder);
    }
    fileSystem.copyFromLocalFile(new Path(source.toUri()), new Path(root, name));
  }
}
