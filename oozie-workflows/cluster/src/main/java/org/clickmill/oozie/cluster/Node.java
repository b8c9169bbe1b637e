package org.clickmill.oozie.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;

/**
 * The node of the cluster that runs containers. When it stops, its containers are killed, and YARN
 * starts what they did again on the next one.
 */
final class Node {
  private final Configuration cluster;
  private final Path folder;
  private int started;
  private NodeManager running;

  /**
   * @param cluster that it joins
   * @param folder for its local files and logs
   */
  Node(Configuration cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  void start() throws IOException {
    if (running != null) {
      throw new IllegalStateException("Cannot start the node: it runs");
    }
    started++;
    running = new NodeManager();
    running.init(configuration());
    running.start();
  }

  void stop() {
    if (running == null) {
      throw new IllegalStateException("Cannot stop the node: it does not run");
    }
    running.stop();
    running = null;
  }

  private YarnConfiguration configuration() throws IOException {
    var configuration = new YarnConfiguration(cluster);
    var own = folder.resolve("node-" + started);
    configuration.set(YarnConfiguration.NM_LOCAL_DIRS, folder(own, "local"));
    configuration.set(YarnConfiguration.NM_LOG_DIRS, folder(own, "logs"));
    for (var address :
        new String[] {
          YarnConfiguration.NM_ADDRESS,
          YarnConfiguration.NM_LOCALIZER_ADDRESS,
          YarnConfiguration.NM_COLLECTOR_SERVICE_ADDRESS,
          YarnConfiguration.NM_WEBAPP_ADDRESS
        }) {
      configuration.set(address, "localhost:0");
    }
    return configuration;
  }

  private static String folder(Path own, String name) throws IOException {
    return Files.createDirectories(own.resolve(name)).toString();
  }
}
