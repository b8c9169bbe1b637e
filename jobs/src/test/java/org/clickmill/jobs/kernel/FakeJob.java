package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;

/** A job that answers as a test prescribes, without a cluster. */
@SuppressWarnings("deprecation")
final class FakeJob extends Job {
  private final Deque<Answer> answers;
  private Answer last;
  private boolean failsToSubmit;
  private int kills;
  private boolean wasInterruptedInKill;

  /** What the cluster says of the job when it is asked whether it is complete. */
  enum Answer {
    UNKNOWN,
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /**
   * @param answers one after another; the last one again and again
   */
  FakeJob(Answer... answers) throws IOException {
    super(new Configuration(false));
    getConfiguration().setInt(Job.PROGRESS_MONITOR_POLL_INTERVAL_KEY, 1);
    setJobName("clickmill sessions");
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  int kills() {
    return kills;
  }

  boolean wasInterruptedInKill() {
    return wasInterruptedInKill;
  }

  void failToSubmit() {
    failsToSubmit = true;
  }

  /** A job has its id before it is submitted. */
  @Override
  public void submit() throws IOException {
    setJobID(new JobID("1", 2));
    if (failsToSubmit) {
      throw new IOException("No tokens");
    }
  }

  @Override
  public boolean isComplete() throws IOException {
    last = answers.size() > 1 ? answers.remove() : answers.element();
    failIfUnknown();
    return last != Answer.RUNNING;
  }

  @Override
  public boolean isSuccessful() {
    return last == Answer.SUCCEEDED;
  }

  @Override
  public float mapProgress() throws IOException {
    failIfUnknown();
    return 1;
  }

  @Override
  public float reduceProgress() {
    return 0;
  }

  @Override
  public void killJob() {
    kills++;
    wasInterruptedInKill = Thread.currentThread().isInterrupted();
  }

  private void failIfUnknown() throws IOException {
    if (last == Answer.UNKNOWN) {
      throw new IOException("Job status not available");
    }
  }
}
