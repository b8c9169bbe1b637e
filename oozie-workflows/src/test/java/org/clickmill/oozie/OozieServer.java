package org.clickmill.oozie;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    int port = freePort();
    var conf = folder.resolve("conf");
    OozieConfiguration.write(Files.createDirectories(conf), port, smtpPort, cluster.siteFiles());
    // Oozie looks for the folder of its web console.
    Files.createDirectories(folder.resolve("resources").resolve("webapp"));
    var logs = Files.createDirectories(folder.resolve("logs"));
    var process = ServerProcess.start("the Oozie server", folder, arguments(folder, conf, logs));
    var client = new OozieClient("http://localhost:" + port + "/oozie");
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
            ChildProcess.placeOf(OozieServerProcess.class),
            ChildProcess.placeOf(ChildProcess.class)),
        OozieServerProcess.class.getName());
  }

  private static boolean isNormal(OozieClient client) {
    try {
      return client.getSystemMode() == OozieClient.SYSTEM_MODE.NORMAL;
    } catch (OozieClientException e) {
      // It does not answer yet; the wait has an end.
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
