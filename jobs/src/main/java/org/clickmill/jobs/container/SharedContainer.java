package org.clickmill.jobs.container;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.util.ReflectionUtils;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Slots;
import org.clickmill.jobs.kernel.SmallJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container of a run's small jobs, as its driver knows it. It is started by the first of them,
 * and again by the next one when it has ended, which it does when it has had nothing to do for a
 * while.
 */
public final class SharedContainer implements SmallJobs, AutoCloseable {
  public static final ConfigKey<Integer> INPUT_MB =
      ConfigKey.ofInt(
          "clickmill.small-jobs.input-mb",
          128,
          0,
          1_000_000,
          "On a cluster, jobs whose input is at most this large run one after the other in one"
              + " container, so that each need not wait for its own; 0 gives every job its own.");

  private static final Logger LOG = LoggerFactory.getLogger(SharedContainer.class);

  private static final int MOST_SPLITS = 4;
  private static final long PAUSE_MILLIS = 50;

  /** Asking the cluster for the state of a job is not free. */
  private static final int PAUSES_PER_LOOK = 20;

  /** Where containers die again and again, each job has its own at once. */
  private static final int MOST_DEATHS = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Run run;
  private final ContainerJob.Launcher launcher;
  private final Duration patience;
  private Started started;
  private int starts;
  private int deaths;
  private boolean isOver;

  /**
   * @param patience how long it may be unknown how a container is
   */
  SharedContainer(Run run, ContainerJob.Launcher launcher, Duration patience) {
    this.run = run;
    this.launcher = launcher;
    this.patience = patience;
  }

  /** Of a run, which has nothing of it until there is a small job. */
  public static SharedContainer of(Run run) {
    return new SharedContainer(run, ContainerJob::submit, PATIENCE);
  }

  /** A container that has been asked for. */
  private static final class Started implements AutoCloseable {
    private final Run run;
    private final ContainerJob job;
    private final JobFolder folder;
    private final Duration patience;
    private int jobs;

    /** When the cluster did not tell how it is for the first time in a row; else empty. */
    private OptionalLong unknownSince = OptionalLong.empty();

    private boolean hasEnded;
    private boolean isClosed;

    Started(Run run, ContainerJob.Launcher launcher, Duration patience)
        throws IOException, InterruptedException {
      this.run = run;
      this.patience = patience;
      folder = new JobFolder(run.warehouse().fileSystem(), run.warehouse().stagingOf(run.id()));
      folder.create();
      job = launcher.launch(run);
    }

    synchronized int submit(Job small) throws IOException {
      try {
        folder.putJob(jobs, small.getConfiguration());
      } catch (FileNotFoundException e) {
        // Another job has found that the container has ended: there will be no answer.
      }
      return jobs++;
    }

    /** Empty if the container ended before the job did. */
    Optional<Answer> await(int number, Runnable waiting) throws IOException, InterruptedException {
      for (int pauses = 1; ; pauses++) {
        // In this order: it may answer and end in between.
        boolean isLast = pauses % PAUSES_PER_LOOK == 0 && (isClosed() || hasEnded());
        var answer = folder.answer(number);
        if (answer.isPresent() || isLast) {
          return answer;
        }
        waiting.run();
        Thread.sleep(PAUSE_MILLIS);
      }
    }

    /** Whether it has ended because it had nothing to do. */
    private synchronized boolean isClosed() throws IOException {
      isClosed = isClosed || folder.isClosed();
      return isClosed;
    }

    private synchronized boolean hasEnded() throws InterruptedException {
      if (!hasEnded) {
        try {
          hasEnded = job.isComplete();
          unknownSince = OptionalLong.empty();
        } catch (IOException e) {
          LOG.info("Cannot learn how the container of small jobs is; asking again", e);
          hasEnded = isUnknownForLong();
        }
      }
      return hasEnded;
    }

    /** One whose end nobody could write down, such as on full disks, is unknown for ever. */
    private boolean isUnknownForLong() {
      long now = System.nanoTime();
      if (unknownSince.isEmpty()) {
        unknownSince = OptionalLong.of(now);
      }
      return now - unknownSince.getAsLong() >= patience.toNanos();
    }

    /** Lets it end, or kills it if it has work left: nobody waits for that. */
    @Override
    public void close() throws IOException {
      if (isIdle()) {
        folder.end();
        job.ended();
      }
      job.close();
      run.warehouse().discardStaging(run.id());
    }

    private boolean isIdle() throws IOException {
      return jobs == 0 || folder.answer(jobs - 1).isPresent();
    }
  }

  @Override
  public Optional<Ended> run(Job job, Runnable waiting) throws IOException, InterruptedException {
    if (isRefused() || !isSmall(job)) {
      return Optional.empty();
    }
    var container = container();
    if (container.isEmpty()) {
      return Optional.empty();
    }
    var answer = container.get().await(container.get().submit(job), waiting);
    while (answer.isEmpty() && container.get().isClosed()) {
      // It was about to end when the job came.
      container = container();
      if (container.isEmpty()) {
        return Optional.empty();
      }
      answer = container.get().await(container.get().submit(job), waiting);
    }
    if (answer.isEmpty()) {
      died();
      LOG.warn("The container of small jobs has ended; {} runs by itself", job.getJobName());
      return Optional.empty();
    }
    if (answer.get().isHopeless()) {
      giveUp();
      LOG.warn("Small jobs run by themselves: {}", answer.get().failure());
      return Optional.empty();
    }
    if (answer.get().failure() != null) {
      LOG.warn("{} failed among small jobs; it runs by itself", job.getJobName());
      return Optional.empty();
    }
    return Optional.of(new Ended(JobID.forName(answer.get().job()), answer.get().maps()));
  }

  private synchronized boolean isRefused() {
    return isOver || deaths >= MOST_DEATHS;
  }

  private synchronized void giveUp() {
    deaths = MOST_DEATHS;
  }

  private synchronized void died() {
    deaths++;
  }

  /** The container, which is started if there is none; empty after the last. */
  private synchronized Optional<Started> container() throws IOException, InterruptedException {
    if (isOver) {
      return Optional.empty();
    }
    if (started != null && (started.isClosed() || started.hasEnded())) {
      end();
    }
    if (started == null) {
      started = new Started(run.step("small-jobs-" + starts), launcher, patience);
      starts++;
    }
    return Optional.of(started);
  }

  private static boolean isSmall(Job job) throws IOException, InterruptedException {
    var configuration = job.getConfiguration();
    long most = INPUT_MB.get(configuration) * (1L << 20);
    if (most == 0 || Slots.isLocal(configuration)) {
      return false;
    }
    var splits = splits(job);
    long bytes = 0;
    for (var split : splits) {
      bytes += split.getLength();
    }
    return bytes <= most && splits.size() <= MOST_SPLITS;
  }

  private static List<InputSplit> splits(Job job) throws IOException, InterruptedException {
    try {
      return ReflectionUtils.newInstance(job.getInputFormatClass(), job.getConfiguration())
          .getSplits(job);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void end() throws IOException {
    if (started != null) {
      started.close();
      started = null;
    }
  }

  /** Ends the container, for good: jobs that come later run by themselves. */
  @Override
  public synchronized void close() throws IOException {
    isOver = true;
    end();
  }
}
