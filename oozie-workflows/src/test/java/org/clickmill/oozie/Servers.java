package org.clickmill.oozie;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * The cluster and the Oozie server that the tests share. Their files and logs stay in the target
 * folder until the next run.
 */
record Servers(MiniCluster cluster, OozieServer oozie) implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "servers").toAbsolutePath();

  static Servers start() throws IOException, InterruptedException {
    delete(FOLDER);
    var cluster = MiniCluster.start(FOLDER.resolve("cluster"));
    boolean started = false;
    try {
      var servers = new Servers(cluster, OozieServer.start(FOLDER.resolve("oozie"), cluster));
      started = true;
      return servers;
    } finally {
      if (!started) {
        cluster.close();
      }
    }
  }

  @Override
  public void close() {
    oozie.close();
    cluster.close();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
