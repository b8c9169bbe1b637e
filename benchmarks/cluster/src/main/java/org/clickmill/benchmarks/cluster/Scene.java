package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;

/** What a {@link Death} looks at and lays hands on: a cluster, and a warehouse on it. */
final class Scene {
  private static final long PAUSE_MILLIS = 50;
  private static final long SHORT_PAUSE_MILLIS = 2;

  /** What a container takes to begin. */
  private static final int START_MILLIS = 4_000;

  private static final int LATEST_MILLIS = 3_000;

  private final HadoopCluster cluster;
  private final Path folder;
  private final int nodes;
  private final DistributedFileSystem fileSystem;
  private final org.apache.hadoop.fs.Path warehouse;
  private final Random random;
  private final Collection<Long> stopped = new ConcurrentLinkedQueue<>();
  private volatile String note;

  /**
   * @param folder of the cluster
   * @param nodes how many there are
   * @param random for moments
   */
  Scene(
      HadoopCluster cluster,
      Path folder,
      int nodes,
      DistributedFileSystem fileSystem,
      org.apache.hadoop.fs.Path warehouse,
      Random random) {
    this.cluster = cluster;
    this.folder = folder;
    this.nodes = nodes;
    this.fileSystem = fileSystem;
    this.warehouse = warehouse;
    this.random = random;
  }

  HadoopCluster cluster() {
    return cluster;
  }

  /** Says that it has happened, and when. */
  void note(String when) {
    note = when;
  }

  /** When it has happened, if it has. */
  Optional<String> noted() {
    return Optional.ofNullable(note);
  }

  /** Waits until commits are in force that are not carried out yet, and counts them. */
  int awaitCommits() throws IOException, InterruptedException {
    var intents = new org.apache.hadoop.fs.Path(warehouse, "_intents/*/*.json");
    while (true) {
      var found = fileSystem.globStatus(intents);
      if (found != null && found.length > 0) {
        return found.length;
      }
      Thread.sleep(SHORT_PAUSE_MILLIS);
    }
  }

  /**
   * Waits until a container works, be it an ApplicationMaster that runs a small job itself, and up
   * to three seconds more.
   */
  TaskProcess awaitWork() throws IOException, InterruptedException {
    var container = awaitProcess(process -> true);
    Thread.sleep(START_MILLIS + random.nextInt(LATEST_MILLIS));
    return container;
  }

  /** Waits until a task runs in a container of its own. */
  TaskProcess awaitTask() throws IOException, InterruptedException {
    return awaitProcess(process -> !process.isMaster());
  }

  TaskProcess awaitProcess(Predicate<TaskProcess> condition)
      throws IOException, InterruptedException {
    while (true) {
      var found = TaskProcess.running(folder).stream().filter(condition).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** The number of the node that a container runs on. */
  int nodeOf(TaskProcess process) throws IOException {
    for (int node = 1; node <= nodes; node++) {
      if (containers(node).stream().anyMatch(other -> other.pid() == process.pid())) {
        return node;
      }
    }
    throw new BigDayException("Cannot go on: a task has ended before its node was known");
  }

  private List<TaskProcess> containers(int node) throws IOException {
    return TaskProcess.running(folder.resolve("node-" + node));
  }

  /** Kills all that runs on a node, as its loss does. */
  int killContainers(int node) throws IOException, InterruptedException {
    var containers = containers(node);
    for (var container : containers) {
      Chaos.signal("KILL", container.pid());
    }
    return containers.size();
  }

  void stop(TaskProcess task) throws IOException, InterruptedException {
    stopped.add(task.pid());
    Chaos.signal("STOP", task.pid());
  }

  /** Lets those that stand still go on, as far as they have not been killed. */
  void wakeTasks() throws IOException, InterruptedException {
    for (long pid : stopped) {
      Chaos.signal("CONT", pid);
    }
  }

  /** Sets a quota that allows a number of further files and folders. */
  void leaveNames(long count) throws IOException {
    var now = fileSystem.getContentSummary(warehouse);
    long names = now.getFileCount() + now.getDirectoryCount();
    fileSystem.setQuota(warehouse, names + count, HdfsConstants.QUOTA_DONT_SET);
  }

  /** Sets a quota that allows a number of further bytes, all replicas counted. */
  void leaveBytes(long bytes) throws IOException {
    long consumed = fileSystem.getContentSummary(warehouse).getSpaceConsumed();
    fileSystem.setQuota(warehouse, HdfsConstants.QUOTA_DONT_SET, consumed + bytes);
  }

  void clearQuotas() throws IOException {
    fileSystem.setQuota(warehouse, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_RESET);
  }

  /** Waits until HDFS has room. */
  void awaitRoom() throws IOException, InterruptedException {
    while (fileSystem.getStatus().getRemaining() == 0) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
