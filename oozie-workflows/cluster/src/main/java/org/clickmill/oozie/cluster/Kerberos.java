package org.clickmill.oozie.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.ssl.KeyStoreTestUtil;

/**
 * The security of a cluster that uses Kerberos, with privacy on the wire and TLS: a KDC with the
 * principals of the servers, of an Oozie server and of a user, and the settings by which servers
 * and clients log in. The user is the one who runs this process, as containers run as that one.
 */
final class Kerberos {
  /** The user of the Oozie server. */
  static final String OOZIE = "oozie";

  private static final String REALM = "EXAMPLE.COM";
  private static final String SERVERS = "hdfs/localhost@" + REALM;
  private static final String WEB = "HTTP/localhost@" + REALM;

  private static final String KEY_PROVIDER = "hadoop.security.key.provider.path";

  /** An hour, so that a test can look for secrets in what containers leave. */
  private static final String KEPT_SECONDS = "3600";

  private final Path folder;
  private final Path nativeLibrary;
  private final String keyProvider;

  private Kerberos(Path folder, Path nativeLibrary, String keyProvider) {
    this.folder = folder;
    this.nativeLibrary = nativeLibrary;
    this.keyProvider = keyProvider;
  }

  /**
   * Starts the KDC, and writes krb5.conf and the keytabs.
   *
   * @param folder for its files; made if missing
   * @param nativeLibrary the folder with Hadoop's native library, for tasks
   * @param keyProvider of encryption zones
   */
  static Kerberos start(Path folder, Path nativeLibrary, String keyProvider) throws Exception {
    var kdc =
        new MiniKdc(MiniKdc.createConf(), Files.createDirectories(folder.resolve("kdc")).toFile());
    kdc.start();
    kdc.createPrincipal(
        folder.resolve("servers.keytab").toFile(), "hdfs/localhost", "HTTP/localhost");
    kdc.createPrincipal(folder.resolve("oozie.keytab").toFile(), OOZIE + "/localhost");
    kdc.createPrincipal(folder.resolve("user.keytab").toFile(), System.getProperty("user.name"));
    Files.writeString(
        folder.resolve("krb5.conf"),
        Files.readString(kdc.getKrb5conf().toPath(), StandardCharsets.UTF_8));
    return new Kerberos(folder, nativeLibrary, keyProvider);
  }

  /**
   * Adds what the servers need.
   *
   * @param classPath a folder of this process's class path, for the names of TLS's files
   */
  void secure(Configuration servers, Path classPath) throws Exception {
    everybody().forEach(servers::set);
    servers.set(KEY_PROVIDER, keyProvider);
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
    // The native library of the tests has no shared memory.
    servers.set("dfs.short.circuit.shared.memory.watcher.interrupt.check.ms", "0");
    servers.set("dfs.http.policy", "HTTPS_ONLY");
    servers.set("dfs.namenode.https-address", "localhost:0");
    servers.set("dfs.datanode.https.address", "localhost:0");
    KeyStoreTestUtil.setupSSLConfig(
        Files.createDirectories(folder.resolve("stores")).toString(),
        classPath.toString(),
        servers,
        false);
    servers.set(
        "dfs.client.https.keystore.resource", KeyStoreTestUtil.getClientSSLConfigFileName());
    servers.set(
        "dfs.https.server.keystore.resource", KeyStoreTestUtil.getServerSSLConfigFileName());
    servers.set("yarn.nodemanager.delete.debug-delay-sec", KEPT_SECONDS);
    UserGroupInformation.setConfiguration(servers);
  }

  /** Options of every container's Java, which finds the KDC and the native library by them. */
  String javaOptions() {
    return " -Djava.security.krb5.conf="
        + folder.resolve("krb5.conf")
        + " -Djava.library.path="
        + nativeLibrary;
  }

  /** What servers and clients are both told. */
  private static Map<String, String> everybody() {
    var all = new LinkedHashMap<String, String>();
    all.put("hadoop.security.authentication", "kerberos");
    all.put("hadoop.rpc.protection", "privacy");
    all.put("dfs.data.transfer.protection", "privacy");
    // Without it privacy is by a cipher that takes half a minute for the job jar.
    all.put("dfs.encrypt.data.transfer.cipher.suites", "AES/CTR/NoPadding");
    // The native library of the tests knows no groups.
    all.put(
        "hadoop.security.group.mapping", "org.apache.hadoop.security.ShellBasedUnixGroupsMapping");
    return all;
  }

  /** What clients are told of the servers. */
  Map<String, String> ofClients() {
    var site = everybody();
    site.put(KEY_PROVIDER, keyProvider);
    site.put("dfs.namenode.kerberos.principal", SERVERS);
    site.put("yarn.resourcemanager.principal", SERVERS);
    site.put("mapreduce.jobhistory.principal", SERVERS);
    return site;
  }

  /** Writes what Hadoop reads in a file of the class path alone. */
  static void writeCoreSite(Path folder) throws IOException {
    var core = new Configuration(false);
    everybody().forEach(core::set);
    try (var out = Files.newOutputStream(folder.resolve("core-site.xml"))) {
      core.writeXml(out);
    }
  }
}
