package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.ssl.KeyStoreTestUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.clickmill.testdata.process.ChildProcess;

/**
 * What runs in the process of {@link KerberosCluster}: a KDC, HDFS with privacy and TLS, another
 * HDFS for the input, YARN and the history server, all by Kerberos. Its first entry on the class
 * path is a folder with the servers' core-site.xml. It ends with the process that started it.
 */
final class KerberosClusterProcess {
  private static final String REALM = "EXAMPLE.COM";
  private static final String SERVERS = "hdfs/localhost@" + REALM;
  private static final String WEB = "HTTP/localhost@" + REALM;
  private static final short OPEN = (short) 01777;

  private KerberosClusterProcess() {}

  /**
   * Runs the cluster.
   *
   * @param arguments the folder for everything; the folder with the native library; the class path
   *     of containers; a folder of files to be put into the second HDFS as /landing
   */
  public static void main(String[] arguments) throws Exception {
    ChildProcess.endWithParent();
    Thread.currentThread().setUncaughtExceptionHandler(KerberosClusterProcess::end);
    var folder = Path.of(arguments[0]);
    startKdc(folder);
    var configuration = secure(new HdfsConfiguration(), folder);
    UserGroupInformation.setConfiguration(configuration);
    var landing = hdfs(configuration, folder.resolve("landing"));
    landing
        .getFileSystem()
        .copyFromLocalFile(
            SmallShop.path(Path.of(arguments[3])), new org.apache.hadoop.fs.Path("/landing"));
    var hdfs = hdfs(configuration, folder.resolve("hdfs"));
    open(hdfs.getFileSystem(), "/tmp");
    open(hdfs.getFileSystem(), "/shops");
    var servers = new YarnConfiguration(configuration);
    servers.set("fs.defaultFS", hdfs.getURI().toString());
    servers.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    servers.set("yarn.scheduler.minimum-allocation-mb", "128");
    servers.set("yarn.nodemanager.delete.debug-delay-sec", "3600");
    var yarn = new MiniMRYarnCluster("clickmill-kerberos");
    yarn.init(servers);
    yarn.start();
    open(hdfs.getFileSystem(), yarn.getConfig().get("yarn.app.mapreduce.am.staging-dir"));
    ClusterSites.write(
        folder.resolve("conf"),
        yarn.getConfig(),
        arguments[2],
        "-Djava.security.krb5.conf=" + folder.resolve("krb5.conf"),
        ",LD_LIBRARY_PATH=" + arguments[1],
        ofClients());
    var said =
        Files.writeString(
            folder.resolve("unready"),
            landing.getURI() + "\n" + yarn.getTestWorkDir().getAbsolutePath() + "\n");
    Files.move(said, folder.resolve("ready"));
    new CountDownLatch(1).await();
  }

  /** The threads of what has started would go on. */
  private static void end(Thread thread, Throwable failure) {
    failure.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  private static void startKdc(Path folder) throws Exception {
    var kdc =
        new MiniKdc(MiniKdc.createConf(), Files.createDirectories(folder.resolve("kdc")).toFile());
    kdc.start();
    var user = System.getProperty("user.name");
    kdc.createPrincipal(
        folder.resolve("servers.keytab").toFile(), "hdfs/localhost", "HTTP/localhost");
    kdc.createPrincipal(folder.resolve("kafka.keytab").toFile(), "kafka/localhost");
    kdc.createPrincipal(folder.resolve("shop.keytab").toFile(), user);
    kdc.createPrincipal(folder.resolve("stranger.keytab").toFile(), "stranger");
    var text = Files.readString(kdc.getKrb5conf().toPath(), StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("krb5.conf"), text);
    Files.writeString(
        folder.resolve("krb5-of-a-minute.conf"),
        text.replace("[libdefaults]", "[libdefaults]\n    ticket_lifetime = 60s"));
  }

  private static <T extends Configuration> T secure(T servers, Path folder) throws Exception {
    var keytab = folder.resolve("servers.keytab").toString();
    for (var server : new String[] {"dfs.namenode.", "dfs.datanode."}) {
      servers.set(server + "kerberos.principal", SERVERS);
      servers.set(server + "keytab.file", keytab);
    }
    for (var server :
        new String[] {"yarn.resourcemanager.", "yarn.nodemanager.", "mapreduce.jobhistory."}) {
      servers.set(server + "principal", SERVERS);
      servers.set(server + "keytab", keytab);
    }
    servers.set("dfs.web.authentication.kerberos.principal", WEB);
    servers.set("dfs.web.authentication.kerberos.keytab", keytab);
    servers.set("dfs.block.access.token.enable", "true");
    // The native library of the test has no shared memory.
    servers.set("dfs.short.circuit.shared.memory.watcher.interrupt.check.ms", "0");
    servers.set("dfs.http.policy", "HTTPS_ONLY");
    servers.set("dfs.namenode.https-address", "localhost:0");
    servers.set("dfs.datanode.https.address", "localhost:0");
    var stores = Files.createDirectories(folder.resolve("stores"));
    KeyStoreTestUtil.setupSSLConfig(
        stores.toString(), folder.resolve("servers").toString(), servers, false);
    servers.set(
        "dfs.client.https.keystore.resource", KeyStoreTestUtil.getClientSSLConfigFileName());
    servers.set(
        "dfs.https.server.keystore.resource", KeyStoreTestUtil.getServerSSLConfigFileName());
    return servers;
  }

  private static MiniDFSCluster hdfs(Configuration servers, Path folder) throws IOException {
    var configuration = new HdfsConfiguration(servers);
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    return new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
  }

  private static void open(FileSystem fileSystem, String folder) throws IOException {
    var path = new org.apache.hadoop.fs.Path(folder);
    fileSystem.mkdirs(path);
    fileSystem.setPermission(path, new FsPermission(OPEN));
  }

  /** The addresses and principals of the servers, for clients. */
  private static Map<String, String> ofClients() {
    var site = new LinkedHashMap<>(KerberosCluster.CORE);
    site.put("dfs.namenode.kerberos.principal", SERVERS);
    site.put("yarn.resourcemanager.principal", SERVERS);
    site.put("mapreduce.jobhistory.principal", SERVERS);
    return site;
  }
}
