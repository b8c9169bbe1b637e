package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** Waits until the servers of a cluster do what they are there for. */
final class ClusterReadiness {
  private static final long PATIENCE_NANOSECONDS = 180_000_000_000L;

  private final Path folder;
  private final Servers servers;
  private final Supplier<Configuration> configuration;

  /**
   * @param folder of the servers' logs
   * @param configuration of a client, a new one each time
   */
  ClusterReadiness(Path folder, Servers servers, Supplier<Configuration> configuration) {
    this.folder = folder;
    this.servers = servers;
    this.configuration = configuration;
  }

  /** Asks whether something is ready; an exception says that it is not yet. */
  private interface Question {
    boolean isReady() throws IOException, YarnException;
  }

  private void await(String what, Question question) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOSECONDS;
    while (true) {
      servers.requireAlive();
      Exception reason = null;
      try {
        if (question.isReady()) {
          return;
        }
      } catch (IOException | YarnException e) {
        reason = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BigDayException("Cannot start %s: %s; see the logs in %s", what, reason, folder);
      }
      Thread.sleep(200);
    }
  }

  /** Waits until somebody listens at each of the addresses. */
  void awaitListening(List<String> addresses) throws InterruptedException {
    for (var address : addresses) {
      await(
          address,
          () -> {
            try (var socket = new Socket()) {
              socket.connect(NetUtils.createSocketAddr(address));
              return true;
            }
          });
    }
  }

  /** Waits until HDFS takes files, and makes the folders that YARN's jobs need. */
  void awaitHdfs() throws InterruptedException {
    await("HDFS", this::makeFolders);
  }

  private boolean makeFolders() throws IOException {
    var everybody = new FsPermission((short) 0777);
    try (var fileSystem = FileSystem.newInstance(configuration.get())) {
      for (var name : List.of("/", "/tmp", SiteFiles.HISTORY, SiteFiles.HISTORY + "/new")) {
        var path = new org.apache.hadoop.fs.Path(name);
        if (!fileSystem.mkdirs(path)) {
          return false;
        }
        fileSystem.setPermission(path, everybody);
      }
      // What a file holds can be written only once there is a DataNode.
      var probe = new org.apache.hadoop.fs.Path("/tmp/probe");
      try (var out = fileSystem.create(probe, true)) {
        out.write(1);
      }
      return fileSystem.getStatus().getCapacity() > 0;
    }
  }

  /** Waits until as many nodes run as there are, and no more are taken for running. */
  void awaitNodes(int nodes) throws InterruptedException {
    await(
        "YARN",
        () -> {
          try (var client = client()) {
            return client.getNodeReports(NodeState.RUNNING).size() == nodes;
          }
        });
  }

  /** Waits until no job runs, so that the history has all of them. */
  void awaitIdle() throws InterruptedException {
    var unfinished =
        EnumSet.complementOf(
            EnumSet.of(
                YarnApplicationState.FINISHED,
                YarnApplicationState.FAILED,
                YarnApplicationState.KILLED));
    await(
        "a quiet cluster",
        () -> {
          try (var client = client()) {
            return client.getApplications(unfinished).isEmpty();
          }
        });
  }

  private YarnClient client() {
    var client = YarnClient.createYarnClient();
    client.init(new YarnConfiguration(configuration.get()));
    client.start();
    return client;
  }
}
