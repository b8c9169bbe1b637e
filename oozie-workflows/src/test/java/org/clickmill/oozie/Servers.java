package org.clickmill.oozie;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * The cluster, the Oozie server and the mail server that the tests share. Their files and logs stay
 * in the target folder until the next run.
 */
record Servers(MiniCluster cluster, OozieServer oozie, GreenMail mail) implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "servers").toAbsolutePath();

  static Servers start() throws IOException, InterruptedException {
    delete(FOLDER);
    var mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    var cluster = MiniCluster.start(FOLDER.resolve("cluster"));
    boolean started = false;
    try {
      var oozie = OozieServer.start(FOLDER.resolve("oozie"), cluster, mail.getSmtp().getPort());
      started = true;
      return new Servers(cluster, oozie, mail);
    } finally {
      if (!started) {
        cluster.close();
        mail.stop();
      }
    }
  }

  @Override
  public void close() {
    oozie.close();
    cluster.close();
    mail.stop();
  }

  /** Deletes a folder with all in it, if there is one. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
