package org.clickmill.benchmarks.cluster;

import java.io.IOException;

/** How each of {@link KnownDeaths} is brought about. */
final class Strikes {
  static final String RESOURCE_MANAGER = "resourcemanager";

  private static final int AWAY_MILLIS = 5_000;
  private static final int DATA_NODE_START_MILLIS = 4_000;

  /** Fewer than what a pipeline makes. */
  private static final long NAMES_LEFT = 40;

  /** Less than a block with its replicas. */
  private static final long BYTES_LEFT = 200L << 20;

  private Strikes() {}

  static void killActiveNameNode(Scene scene) throws IOException, InterruptedException {
    var active = scene.cluster().activeNameNode();
    int commits = scene.awaitCommits();
    scene.cluster().kill(active);
    scene.note("commits made and not carried out: " + commits);
  }

  static void killNameNodes(Scene scene) throws IOException, InterruptedException {
    scene.awaitWork();
    scene.cluster().kill(HighAvailability.nameNode(1));
    scene.cluster().kill(HighAvailability.nameNode(2));
    scene.note("while tasks run");
  }

  static void killAndRestart(Scene scene, String server) throws IOException, InterruptedException {
    scene.awaitWork();
    scene.cluster().kill(server);
    scene.note("while tasks run");
    Thread.sleep(AWAY_MILLIS);
    scene.cluster().restart(server);
  }

  static void killResourceManager(Scene scene) throws IOException, InterruptedException {
    scene.cluster().kill(RESOURCE_MANAGER);
    scene.note("before the command begins");
  }

  static void killHistoryServer(Scene scene) throws IOException, InterruptedException {
    scene.cluster().kill("historyserver");
    scene.note("before the command begins");
  }

  static void loseNode(Scene scene) throws IOException, InterruptedException {
    int node = scene.nodeOf(scene.awaitTask());
    scene.cluster().kill("nodemanager-" + node);
    int containers = scene.killContainers(node);
    scene.note("with " + containers + " containers on it");
  }

  static void killMaster(Scene scene) throws IOException, InterruptedException {
    scene.awaitTask();
    var master = scene.awaitProcess(TaskProcess::isMaster);
    Chaos.signal("KILL", master.pid());
    scene.note("while tasks run");
  }

  static void killContainer(Scene scene) throws IOException, InterruptedException {
    var task = scene.awaitWork();
    Chaos.signal("KILL", task.pid());
    scene.note("while it works");
  }

  static void stopTask(Scene scene) throws IOException, InterruptedException {
    scene.stop(scene.awaitTask());
    scene.note("as soon as it runs, until the end");
  }

  static void fillDisks(Scene scene) throws IOException, InterruptedException {
    scene.awaitWork();
    scene.note("one after the other, while tasks run");
    restartDataNodes(scene, true);
  }

  static void emptyDisks(Scene scene) throws IOException, InterruptedException {
    restartDataNodes(scene, false);
    scene.awaitRoom();
  }

  private static void restartDataNodes(Scene scene, boolean isFull)
      throws IOException, InterruptedException {
    scene.cluster().restartDataNode(1, isFull);
    Thread.sleep(DATA_NODE_START_MILLIS);
    scene.cluster().restartDataNode(2, isFull);
  }

  static void reachNameQuota(Scene scene) throws IOException, InterruptedException {
    scene.awaitWork();
    scene.leaveNames(NAMES_LEFT);
    scene.note(NAMES_LEFT + " more names after tasks have begun");
  }

  static void reachSpaceQuota(Scene scene) throws IOException, InterruptedException {
    scene.awaitWork();
    scene.leaveBytes(BYTES_LEFT);
    scene.note("less than a block left, while tasks run");
  }
}
