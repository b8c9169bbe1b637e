package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.function.DoubleConsumer;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Follows a submitted job to its end. On a cluster it is the history server that knows how a job
 * ended, and that one may be slow or away for a while; Hadoop's client takes this for a failure.
 */
final class JobWatch {
  private final Job job;
  private final Duration patience;
  private final int interval;

  /**
   * @param patience how long nobody may know what becomes of the job
   */
  JobWatch(Job job, Duration patience) {
    this.job = job;
    this.patience = patience;
    this.interval = Job.getProgressPollInterval(job.getConfiguration());
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException, InterruptedException;
  }

  /**
   * Waits until the job has ended.
   *
   * @param progress is told how far it is, 0 to 1
   * @return whether it ended well
   * @throws ClickmillException if nobody knows
   */
  boolean await(DoubleConsumer progress) throws InterruptedException {
    while (!answer(job::isComplete)) {
      progress.accept(answer(() -> (job.mapProgress() + job.reduceProgress()) / 2));
      Thread.sleep(interval);
    }
    return answer(job::isSuccessful);
  }

  /**
   * The counters of a job that has ended.
   *
   * @throws ClickmillException if nobody knows them
   */
  Counters counters() throws InterruptedException {
    return answer(job::getCounters);
  }

  private <T> T answer(Question<T> question) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      IOException failure;
      try {
        T answer = question.ask();
        if (answer != null) {
          return answer;
        }
        failure = new IOException("the history server does not know it");
      } catch (IOException e) {
        failure = e;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw ClickmillException.failed(
            "Cannot learn how the job %s (%s) ended: %s. Nothing of it was published. Is the history"
                + " server there? Then run again.",
            job.getJobName(), job.getJobID(), failure.getMessage(), failure);
      }
      Thread.sleep(interval);
    }
  }
}
