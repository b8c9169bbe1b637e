package org.clickmill.oozie.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.crypto.key.KeyProvider;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.client.CreateEncryptionZoneFlag;
import org.apache.hadoop.hdfs.client.HdfsAdmin;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;
import org.apache.hadoop.util.KMSUtil;

/**
 * What runs in the cluster's process: starts HDFS, YARN and a node, writes the site files of a
 * client, says that it is ready, and then obeys the lines of standard input. It ends when that is
 * closed, and so with the process that started it, however that ends.
 */
final class ClusterProcess {
  private static final String CREATE_ZONE = "create zone ";
  private static final short OPEN = (short) 01777;

  private ClusterProcess() {}

  /**
   * Runs the cluster.
   *
   * @param arguments the folder for the cluster's files, the one for the site files, and the one of
   *     Hadoop's jars, for containers; for a cluster that uses Kerberos also the folder of Hadoop's
   *     native library, an empty folder of this process's class path, and the key provider of
   *     encryption zones
   */
  public static void main(String[] arguments) throws Exception {
    Thread.currentThread().setUncaughtExceptionHandler(ClusterProcess::end);
    var folder = Path.of(arguments[0]).toAbsolutePath();
    Kerberos kerberos = null;
    if (arguments.length > 3) {
      Kerberos.writeCoreSite(Path.of(arguments[4]));
      kerberos = Kerberos.start(folder.resolve("kerberos"), Path.of(arguments[3]), arguments[5]);
    }
    var configuration =
        ClusterConfiguration.ofServers(
            folder, kerberos == null ? System.getProperty("user.name") : Kerberos.OOZIE);
    if (kerberos != null) {
      kerberos.secure(configuration, Path.of(arguments[4]));
      ClusterConfiguration.addJavaOptions(configuration, kerberos.javaOptions());
    }
    var hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitActive();
    configuration.set("fs.defaultFS", hdfs.getURI().toString());
    // The nodes are added here, since the small cluster cannot replace one.
    var yarn = new MiniMRYarnCluster("clickmill", 0);
    yarn.init(configuration);
    yarn.start();
    var node = new Node(yarn.getConfig(), folder.resolve("nodes"));
    node.start();
    if (kerberos != null) {
      openFolders(hdfs.getFileSystem(), yarn.getConfig());
    }
    writeSiteFiles(
        yarn.getConfig(),
        Files.createDirectories(Path.of(arguments[1])),
        Path.of(arguments[2]).toAbsolutePath() + "/*",
        kerberos == null ? Map.of() : kerberos.ofClients());
    answer("ready");
    obey(node, yarn.getConfig());
    // Nothing here is worth the 17 seconds of an orderly end.
    Runtime.getRuntime().halt(0);
  }

  /** Where a user who is not HDFS's own may make folders. */
  private static void openFolders(FileSystem hdfs, Configuration cluster) throws IOException {
    for (var name :
        List.of(
            "/apps", "/shops", "/tmp", "/user", cluster.get("yarn.app.mapreduce.am.staging-dir"))) {
      var folder = new org.apache.hadoop.fs.Path(name);
      if (!hdfs.mkdirs(folder)) {
        throw new IOException("Cannot create folder: " + folder);
      }
      hdfs.setPermission(folder, new FsPermission(OPEN));
    }
  }

  /** The threads of what has started would go on. */
  private static void end(Thread thread, Throwable failure) {
    failure.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  private static void writeSiteFiles(
      Configuration cluster, Path conf, String classPath, Map<String, String> security)
      throws IOException {
    var core = ClusterConfiguration.coreSite(cluster);
    security.forEach(core::set);
    try (var out = Files.newOutputStream(conf.resolve("core-site.xml"))) {
      core.writeXml(out);
    }
    try (var out = Files.newOutputStream(conf.resolve("yarn-site.xml"))) {
      ClusterConfiguration.yarnSite(cluster, classPath).writeXml(out);
    }
    try (var out = Files.newOutputStream(conf.resolve("mapred-site.xml"))) {
      ClusterConfiguration.mapredSite(cluster, classPath).writeXml(out);
    }
  }

  private static void obey(Node node, Configuration cluster) throws IOException {
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
        default -> {
          if (command.startsWith(CREATE_ZONE)) {
            createZone(command.substring(CREATE_ZONE.length()), cluster);
            answer("created zone " + command.substring(CREATE_ZONE.length()));
          } else {
            answer("Invalid command: " + command);
          }
        }
      }
    }
  }

  private static void createZone(String path, Configuration cluster) throws IOException {
    var zone = new org.apache.hadoop.fs.Path(path);
    var keys = KMSUtil.createKeyProvider(cluster, "hadoop.security.key.provider.path");
    try {
      keys.createKey(zone.getName(), KeyProvider.options(cluster));
      keys.flush();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    } finally {
      keys.close();
    }
    new HdfsAdmin(FileSystem.getDefaultUri(cluster), cluster)
        .createEncryptionZone(zone, zone.getName(), EnumSet.of(CreateEncryptionZoneFlag.NO_TRASH));
  }

  private static void answer(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
