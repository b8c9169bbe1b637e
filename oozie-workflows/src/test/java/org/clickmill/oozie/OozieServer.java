package org.clickmill.oozie;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.oozie.client.AuthOozieClient;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;
import org.clickmill.testdata.process.ChildProcess;

/**
 * A real Oozie server on a free port of this machine, in a process of its own on the class path of
 * the module {@code oozie-workflows/server}. Its database is in its memory.
 */
final class OozieServer implements AutoCloseable {
  private static final Path JARS = Path.of("server", "target", "lib").toAbsolutePath();

  private final ServerProcess process;
  private final OozieClient client;
  private final Path log;

  private OozieServer(ServerProcess process, OozieClient client, Path log) {
    this.process = process;
    this.client = client;
    this.log = log;
  }

  /**
   * Starts a server and waits until it takes jobs.
   *
   * @param folder for its files and logs; made if missing
   * @param smtpPort where a mail server of this machine takes its mail
   */
  static OozieServer start(Path folder, MiniCluster cluster, int smtpPort)
      throws IOException, InterruptedException {
    return start(folder, cluster, smtpPort, Map.of(), List.of(), OozieClient::new);
  }

  /**
   * Starts a server that logs in by Kerberos, and waits until it takes jobs of the user who is
   * logged in here, who shows a ticket.
   *
   * @param folder for its files and logs; made if missing
   */
  static OozieServer startSecure(Path folder, MiniCluster cluster)
      throws IOException, InterruptedException {
    return start(
        folder,
        cluster,
        0,
        OozieConfiguration.kerberos(cluster),
        List.of("-Djava.security.krb5.conf=" + cluster.kerberos("krb5.conf")),
        KerberosClient::new);
  }

  private static OozieServer start(
      Path folder,
      MiniCluster cluster,
      int smtpPort,
      Map<String, String> properties,
      List<String> javaOptions,
      Function<String, OozieClient> clients)
      throws IOException, InterruptedException {
    int port = freePort();
    var conf = folder.resolve("conf");
    OozieConfiguration.write(
        Files.createDirectories(conf), port, smtpPort, cluster.siteFiles(), properties);
    // Oozie looks for the folder of its web console.
    Files.createDirectories(folder.resolve("resources").resolve("webapp"));
    var logs = Files.createDirectories(folder.resolve("logs"));
    var arguments = new ArrayList<>(javaOptions);
    arguments.addAll(arguments(folder, conf, logs));
    var process = ServerProcess.start("the Oozie server", folder, arguments);
    var client = clients.apply("http://localhost:" + port + "/oozie");
    client.setRetryCount(1);
    boolean serves = false;
    try {
      process.await(() -> isNormal(client));
      serves = true;
    } finally {
      if (!serves) {
        process.close();
      }
    }
    return new OozieServer(process, client, logs.resolve("oozie.log"));
  }

  OozieClient client() {
    return client;
  }

  /** Where the server says what went wrong. */
  Path log() {
    return log;
  }

  @Override
  public void close() {
    process.close();
  }

  /** A client that shows the ticket of the user who is logged in. */
  private static final class KerberosClient extends AuthOozieClient {
    KerberosClient(String address) {
      super(address, AuthType.KERBEROS.name());
    }

    @Override
    protected HttpURLConnection createConnection(URL url, String method) throws IOException {
      try {
        return UserGroupInformation.getLoginUser()
            .doAs(
                (PrivilegedExceptionAction<HttpURLConnection>)
                    () -> super.createConnection(url, method));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      } catch (UndeclaredThrowableException e) {
        throw new IOException(e.getCause());
      }
    }
  }

  private static List<String> arguments(Path folder, Path conf, Path logs) {
    return List.of(
        "-Xmx1g",
        "--add-opens",
        "java.base/java.lang=ALL-UNNAMED",
        "-Doozie.home.dir=" + folder,
        "-Doozie.config.dir=" + conf,
        "-Doozie.log.dir=" + logs,
        "-Doozie.data.dir=" + folder.resolve("data"),
        "-Doozie.log4j.file=oozie-log4j.properties",
        "-Dderby.stream.error.file=" + logs.resolve("derby.log"),
        "-cp",
        String.join(
            File.pathSeparator,
            folder.resolve("resources").toString(),
            JARS.resolve("*").toString(),
            ChildProcess.placeOf(ServerMain.class),
            ChildProcess.placeOf(ChildProcess.class)),
        ServerMain.class.getName(),
        "org.apache.oozie.server.EmbeddedOozieServer");
  }

  private static boolean isNormal(OozieClient client) {
    try {
      return client.getSystemMode() == OozieClient.SYSTEM_MODE.NORMAL;
    } catch (OozieClientException e) {
      // It does not answer yet; the wait has an end.
      return false;
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
