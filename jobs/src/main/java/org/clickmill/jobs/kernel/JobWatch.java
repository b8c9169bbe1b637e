package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.hadoop.mapreduce.Job;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.ClusterFailure;

/**
 * Follows a submitted job to its end. On a cluster it is the history server that knows how a job
 * ended, and that one may be slow or away for a while; Hadoop's client takes this for a failure. A
 * job that was committed does not need it.
 */
final class JobWatch {
  private final Job job;
  private final Question<Boolean> isCommitted;
  private final Question<Optional<ClickmillException>> taskFailure;
  private final Duration patience;
  private final int interval;

  private enum State {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /**
   * @param isCommitted whether the job's output is complete
   * @param taskFailure what a task told that failed; it may have been repeated well since
   * @param patience how long it may be unknown what becomes of the job
   */
  JobWatch(
      Job job,
      Question<Boolean> isCommitted,
      Question<Optional<ClickmillException>> taskFailure,
      Duration patience) {
    this.job = job;
    this.isCommitted = isCommitted;
    this.taskFailure = taskFailure;
    this.patience = patience;
    this.interval = Job.getProgressPollInterval(job.getConfiguration());
  }

  /** A question to the cluster. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException, InterruptedException;
  }

  /**
   * Waits until the job has ended.
   *
   * @param progress is told how far it is, 0 to 1
   * @return whether it ended well
   * @throws ClickmillException if that cannot be learnt
   */
  boolean await(DoubleConsumer progress) throws InterruptedException {
    while (true) {
      switch (state()) {
        case SUCCEEDED:
          return true;
        case FAILED:
          return false;
        case RUNNING:
          report(progress);
          Thread.sleep(interval);
      }
    }
  }

  private void report(DoubleConsumer progress) throws InterruptedException {
    float done;
    try {
      done = (job.mapProgress() + job.reduceProgress()) / 2;
    } catch (IOException e) {
      // It may just have ended; the next question is for that.
      return;
    }
    progress.accept(done);
  }

  private State state() throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return askForState();
      } catch (IOException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw unknown(e);
        }
        Thread.sleep(interval);
      }
    }
  }

  /** A task that failed is the likeliest reason, and the one that helps. */
  private ClickmillException unknown(IOException answer) throws InterruptedException {
    var reason =
        ClusterFailure.of(answer, job.getConfiguration())
            .map(ClickmillException::getMessage)
            .orElseGet(
                () -> answer.getMessage() + ". Is the history server there? Then run again.");
    var unknown =
        ClickmillException.failed(
            "Cannot learn how the job %s (%s) ended, and nothing of it was published: %s",
            job.getJobName(), job.getJobID(), reason, answer);
    try {
      var failure = taskFailure.ask();
      failure.ifPresent(told -> told.addSuppressed(unknown));
      return failure.orElse(unknown);
    } catch (IOException e) {
      unknown.addSuppressed(e);
      return unknown;
    }
  }

  private State askForState() throws IOException, InterruptedException {
    if (isCommitted.ask()) {
      return State.SUCCEEDED;
    }
    if (!job.isComplete()) {
      return State.RUNNING;
    }
    // It may have been committed in between.
    return isCommitted.ask() || job.isSuccessful() ? State.SUCCEEDED : State.FAILED;
  }
}
