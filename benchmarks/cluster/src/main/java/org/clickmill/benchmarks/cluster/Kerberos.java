package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.kerby.kerberos.kerb.client.KrbClient;

/**
 * What a cluster has by which it knows who calls: a KDC, which runs in this process, one principal
 * for all servers and one for the user who runs this, and what Hadoop needs of its native library,
 * which is in no jar.
 */
final class Kerberos implements AutoCloseable {
  private static final String REALM = "EXAMPLE.COM";
  private static final String SERVERS = "hdfs/localhost@" + REALM;
  private static final String WEB = "HTTP/localhost@" + REALM;
  private static final String USER = System.getProperty("user.name");

  private final Path folder;
  private final MiniKdc kdc;

  private Kerberos(Path folder, MiniKdc kdc) {
    this.folder = folder;
    this.kdc = kdc;
  }

  /**
   * Starts the KDC, makes the keytabs and the user's ticket, and compiles the native library.
   *
   * @param home the repository's root folder
   * @param folder for all files
   * @throws BigDayException if something cannot be made
   */
  static Kerberos start(Path home, Path folder) throws IOException, InterruptedException {
    compile(
        home.resolve("drivers/src/test/native/hadoop.c"),
        Files.createDirectories(folder.resolve("native")));
    try {
      var kdc =
          new MiniKdc(
              MiniKdc.createConf(), Files.createDirectories(folder.resolve("kdc")).toFile());
      kdc.start();
      var kerberos = new Kerberos(folder, kdc);
      kerberos.makeFiles();
      return kerberos;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // So MiniKdc declares it.
      throw new BigDayException("Cannot start a KDC: %s", e);
    }
  }

  private void makeFiles() throws Exception {
    Files.copy(kdc.getKrb5conf().toPath(), krb5Conf());
    kdc.createPrincipal(serversKeytab().toFile(), withoutRealm(SERVERS), withoutRealm(WEB));
    kdc.createPrincipal(keytab().toFile(), USER);
    var client = new KrbClient(kdc.getKrb5conf().getParentFile());
    client.init();
    client.storeTicket(client.requestTgt(principal(), keytab().toFile()), ticket().toFile());
    for (var file : List.of(serversKeytab(), keytab(), ticket())) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static String withoutRealm(String principal) {
    return principal.substring(0, principal.indexOf('@'));
  }

  private static void compile(Path source, Path folder) throws IOException, InterruptedException {
    var include = Path.of(System.getProperty("java.home"), "include");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "gcc",
                  "-std=gnu11",
                  "-O1",
                  "-shared",
                  "-fPIC",
                  "-I" + include,
                  "-I" + include.resolve("linux"),
                  "-o",
                  folder.resolve("libhadoop.so").toString(),
                  source.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new BigDayException(
          "Missing gcc: with Kerberos Hadoop needs a native library, which is made from %s",
          source);
    }
    compiler.getOutputStream().close();
    var said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (compiler.waitFor() != 0) {
      throw new BigDayException("Cannot compile %s: %s", source, said);
    }
  }

  private Path krb5Conf() {
    return folder.resolve("krb5.conf");
  }

  private Path serversKeytab() {
    return folder.resolve("servers.keytab");
  }

  /** Of the user who runs this. */
  Path keytab() {
    return folder.resolve(USER + ".keytab");
  }

  /** A cache with a ticket of the user who runs this, which is valid for a day. */
  Path ticket() {
    return folder.resolve("ticket");
  }

  /** The user who runs this. */
  String principal() {
    return USER + "@" + REALM;
  }

  /** The option of every Java that has to do with the cluster. */
  String krb5Option() {
    return "-Djava.security.krb5.conf=" + krb5Conf();
  }

  /** The options of servers and clients. */
  List<String> javaOptions() {
    return List.of(krb5Option(), "-Djava.library.path=" + nativeFolder());
  }

  /** Where the native library is. */
  Path nativeFolder() {
    return folder.resolve("native");
  }

  void addToCore(Configuration site) {
    site.set("hadoop.security.authentication", "kerberos");
    // The native library that is made here knows no groups.
    site.set(
        "hadoop.security.group.mapping", "org.apache.hadoop.security.ShellBasedUnixGroupsMapping");
  }

  void addToHdfs(Configuration site) {
    for (var server : List.of("namenode", "datanode", "journalnode")) {
      site.set("dfs." + server + ".kerberos.principal", SERVERS);
      site.set("dfs." + server + ".keytab.file", serversKeytab().toString());
    }
    site.set("dfs.web.authentication.kerberos.principal", WEB);
    site.set("dfs.web.authentication.kerberos.keytab", serversKeytab().toString());
    site.set("dfs.journalnode.kerberos.internal.spnego.principal", WEB);
    site.set("dfs.block.access.token.enable", "true");
    site.set("dfs.data.transfer.protection", "authentication");
    // DataNodes have neither ports of root's nor certificates.
    site.set("ignore.secure.ports.for.testing", "true");
    // The native library that is made here has no shared memory.
    site.set("dfs.short.circuit.shared.memory.watcher.interrupt.check.ms", "0");
  }

  void addToYarn(Configuration site) {
    for (var server : List.of("resourcemanager", "nodemanager")) {
      site.set("yarn." + server + ".principal", SERVERS);
      site.set("yarn." + server + ".keytab", serversKeytab().toString());
    }
  }

  void addToMapReduce(Configuration site) {
    site.set("mapreduce.jobhistory.principal", SERVERS);
    site.set("mapreduce.jobhistory.keytab", serversKeytab().toString());
  }

  /** Makes this process one that may do everything on the cluster, as its servers do. */
  void login(Configuration client) throws IOException {
    UserGroupInformation.setConfiguration(client);
    UserGroupInformation.loginUserFromKeytab(SERVERS, serversKeytab().toString());
  }

  @Override
  public void close() {
    kdc.stop();
  }
}
