package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Cluster;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * Harms jobs at random until it is closed: it kills task attempts, by the client and by the
 * process, makes some sleep so that others are started speculatively, and kills one
 * ApplicationMaster of each job that lasts long enough.
 */
final class Chaos implements AutoCloseable {
  /** A task whose attempts fail four times fails its job; and one must end for the job to go on. */
  private static final int HARMS_A_TASK = 3;

  private static final int LONGEST_PAUSE_MILLISECONDS = 12_000;
  private static final int LATEST_MASTER_KILL_MILLISECONDS = 25_000;
  private static final int SLEEP_MILLISECONDS = 15_000;

  private final Path folder;
  private final Configuration configuration;
  private final Random random;
  private final Thread thread = new Thread(this::run, "chaos");
  private final Map<String, Long> masterKills = new HashMap<>();
  private final Map<String, Integer> harms = new HashMap<>();
  private final Map<Long, Long> sleepers = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private volatile boolean isClosed;

  /**
   * @param folder of the cluster
   * @param configuration of its clients
   */
  Chaos(Path folder, Configuration configuration, long seed) {
    this.folder = folder;
    this.configuration = configuration;
    random = new Random(seed);
    thread.setDaemon(true);
    thread.start();
  }

  /** Settings under which jobs run tasks a second time as soon as one is slow. */
  static List<String> speculation() {
    return List.of(
        "mapreduce.map.speculative=true",
        "mapreduce.reduce.speculative=true",
        "mapreduce.job.speculative.minimum-allowed-tasks=2",
        "mapreduce.job.speculative.speculative-cap-running-tasks=1.0",
        "mapreduce.job.speculative.slowtaskthreshold=0.1",
        "mapreduce.job.speculative.retry-after-no-speculate=1000",
        "yarn.app.mapreduce.am.job.task.estimator.exponential.smooth.lambda-ms=1000",
        "mapreduce.task.timeout=120000");
  }

  private void run() {
    try {
      long next = 0;
      while (!isClosed) {
        var processes = TaskProcess.running(folder);
        killMasters(processes);
        wakeSleepers();
        if (System.nanoTime() - next >= 0 || next == 0) {
          var tasks = processes.stream().filter(process -> !process.isMaster()).toList();
          if (!tasks.isEmpty()) {
            harm(tasks.get(random.nextInt(tasks.size())));
          }
          next =
              System.nanoTime()
                  + TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(LONGEST_PAUSE_MILLISECONDS));
        }
        Thread.sleep(200);
      }
    } catch (IOException e) {
      System.err.println("Cannot go on harming jobs: " + e);
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void killMasters(List<TaskProcess> processes) throws IOException, InterruptedException {
    for (var process : processes) {
      if (!process.isMaster()) {
        continue;
      }
      long now = System.nanoTime();
      var due =
          masterKills.computeIfAbsent(
              process.application(),
              application ->
                  now
                      + TimeUnit.MILLISECONDS.toNanos(
                          random.nextInt(LATEST_MASTER_KILL_MILLISECONDS)));
      if (due != Long.MAX_VALUE && now - due >= 0) {
        masterKills.put(process.application(), Long.MAX_VALUE);
        signal("KILL", process.pid());
        tell("killed the ApplicationMaster of", process.application());
      }
    }
  }

  private void harm(TaskProcess process) throws IOException, InterruptedException {
    var attempt = TaskAttemptID.forName(process.attempt());
    if (harms.merge(attempt.getTaskID().toString(), 1, Integer::sum) > HARMS_A_TASK) {
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> {
        signal("STOP", process.pid());
        sleepers.put(process.pid(), System.nanoTime());
        tell("put to sleep", process.attempt());
      }
      case 1 -> {
        signal("KILL", process.pid());
        tell("killed the process of", process.attempt());
      }
      default -> killByClient(attempt);
    }
  }

  private void killByClient(TaskAttemptID attempt) throws InterruptedException {
    try {
      var cluster = new Cluster(configuration);
      try {
        var job = cluster.getJob(attempt.getJobID());
        if (job != null) {
          job.killTask(attempt);
          tell("had the client kill", attempt.toString());
        }
      } finally {
        cluster.close();
      }
    } catch (IOException e) {
      // The job, or its ApplicationMaster, has just ended.
    }
  }

  private void wakeSleepers() throws IOException, InterruptedException {
    long now = System.nanoTime();
    for (var entry : Map.copyOf(sleepers).entrySet()) {
      if (now - entry.getValue() > TimeUnit.MILLISECONDS.toNanos(SLEEP_MILLISECONDS)) {
        sleepers.remove(entry.getKey());
        signal("CONT", entry.getKey());
      }
    }
  }

  /** Sends a signal to a process, if that is still there. */
  static void signal(String name, long pid) throws IOException, InterruptedException {
    // It may have ended by now: then there is nobody to signal.
    new ProcessBuilder("kill", "-" + name, Long.toString(pid))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private void tell(String what, String whom) {
    synchronized (counts) {
      counts.merge(what, 1, Integer::sum);
    }
    System.err.println(String.format(Locale.ROOT, "chaos: %s %s", what, whom));
  }

  /** What was done, in words. */
  String summary() {
    synchronized (counts) {
      return counts.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(entry -> entry.getKey() + " " + entry.getValue())
          .toList()
          .toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    isClosed = true;
    thread.interrupt();
    thread.join();
    try {
      for (long pid : sleepers.keySet()) {
        signal("CONT", pid);
      }
    } catch (IOException e) {
      System.err.println("Cannot wake tasks: " + e);
    }
  }
}
