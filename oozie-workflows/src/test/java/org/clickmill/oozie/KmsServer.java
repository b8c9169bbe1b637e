package org.clickmill.oozie;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.testdata.process.ChildProcess;

/**
 * Hadoop's key management server, which asks for Kerberos and gives every user every key, in a
 * process of its own on the class path of the module {@code oozie-workflows/kms}.
 */
final class KmsServer implements AutoCloseable {
  private static final Path JARS = Path.of("kms", "target", "lib").toAbsolutePath();

  private static final int LONGEST_ANSWER_MILLISECONDS = 10_000;

  private final ServerProcess process;

  private KmsServer(ServerProcess process) {
    this.process = process;
  }

  /** The key provider that clients of a KMS on that port of this machine have. */
  static String provider(int port) {
    return "kms://http@localhost:" + port + "/kms";
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param folder for its files and logs; made if missing
   * @param cluster that has its keytab
   */
  static KmsServer start(Path folder, int port, MiniCluster cluster)
      throws IOException, InterruptedException {
    var conf = Files.createDirectories(folder.resolve("conf"));
    var kms = "hadoop.kms.";
    write(
        conf.resolve("kms-site.xml"),
        Map.of(
            kms + "http.host",
            "localhost",
            kms + "http.port",
            Integer.toString(port),
            kms + "key.provider.uri",
            "jceks://file@" + folder.resolve("keys.jceks"),
            kms + "authentication.type",
            "kerberos",
            kms + "authentication.kerberos.principal",
            "HTTP/localhost@EXAMPLE.COM",
            kms + "authentication.kerberos.keytab",
            cluster.kerberos("servers.keytab").toString(),
            // Oozie gets tokens for those who submit jobs.
            kms + "proxyuser.oozie.users",
            "*",
            kms + "proxyuser.oozie.hosts",
            "*"));
    write(conf.resolve("core-site.xml"), Map.of("hadoop.security.authentication", "kerberos"));
    var everybody = new TreeMap<String, String>();
    for (var right : List.of("MANAGEMENT", "GENERATE_EEK", "DECRYPT_EEK", "READ")) {
      everybody.put("default.key.acl." + right, "*");
    }
    write(conf.resolve("kms-acls.xml"), everybody);
    Files.writeString(
        conf.resolve("log4j.properties"),
        """
        log4j.rootLogger=WARN,err
        log4j.appender.err=org.apache.log4j.ConsoleAppender
        log4j.appender.err.target=System.err
        log4j.appender.err.layout=org.apache.log4j.PatternLayout
        log4j.appender.err.layout.ConversionPattern=%d{ISO8601} %5p %c{1}: %m%n
        """);
    var process =
        ServerProcess.start(
            "the KMS",
            folder,
            List.of(
                "-Xmx256m",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-Djava.security.krb5.conf=" + cluster.kerberos("krb5.conf"),
                "-Dkms.config.dir=" + conf,
                "-Dlog4j.configuration=" + conf.resolve("log4j.properties").toUri(),
                "-cp",
                String.join(
                    File.pathSeparator,
                    conf.toString(),
                    JARS.resolve("*").toString(),
                    ChildProcess.placeOf(ServerMain.class),
                    ChildProcess.placeOf(ChildProcess.class)),
                ServerMain.class.getName(),
                "org.apache.hadoop.crypto.key.kms.server.KMSWebServer"));
    boolean serves = false;
    try {
      process.await(() -> refusesStrangers(port));
      serves = true;
    } finally {
      if (!serves) {
        process.close();
      }
    }
    return new KmsServer(process);
  }

  private static void write(Path file, Map<String, String> properties) throws IOException {
    var site = new Configuration(false);
    properties.forEach(site::set);
    try (var out = Files.newOutputStream(file)) {
      site.writeXml(out);
    }
  }

  private static boolean refusesStrangers(int port) throws IOException {
    var url = URI.create("http://localhost:" + port + "/kms/v1/keys/names").toURL();
    try {
      var connection = (HttpURLConnection) url.openConnection();
      connection.setReadTimeout(LONGEST_ANSWER_MILLISECONDS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED;
    } catch (IOException e) {
      // It does not answer yet; the wait has an end.
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
