package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at the processes of all tasks once a second, until it is closed. */
final class TaskSampler implements AutoCloseable {
  private static final long INTERVAL_MILLISECONDS = 1000;

  private final Path folder;
  private final Map<String, Sample> byId = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "task-sampler");
  private volatile boolean isClosed;

  /**
   * The most that was seen of a process.
   *
   * @param descriptors open at once
   * @param megabytes of resident memory
   */
  record Sample(int descriptors, long megabytes) {
    static final Sample NONE = new Sample(0, 0);

    Sample plus(Sample other) {
      return new Sample(
          Math.max(descriptors, other.descriptors), Math.max(megabytes, other.megabytes));
    }
  }

  /**
   * @param folder of the cluster
   */
  TaskSampler(Path folder) {
    this.folder = folder;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!isClosed) {
        for (var process : TaskProcess.running(folder)) {
          var sample = new Sample(process.descriptors(), process.peakMegabytes());
          var id = process.isMaster() ? process.application() : process.attempt();
          byId.merge(id, sample, Sample::plus);
        }
        Thread.sleep(INTERVAL_MILLISECONDS);
      }
    } catch (IOException e) {
      System.err.println("Cannot look at the processes of tasks: " + e);
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /**
   * @param id of a task attempt, or of an application for its ApplicationMaster
   */
  Sample of(String id) {
    return byId.getOrDefault(id, Sample.NONE);
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
