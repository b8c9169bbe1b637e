package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskCompletionEvent;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.ClusterFailure;

/**
 * What a cluster itself knows of a job that failed: all there is where no task could tell it, since
 * what kept it from writing its output kept it from writing its message too, or from beginning.
 */
final class JobDiagnostics {
  private static final int EVENTS_AT_A_TIME = 500;

  private JobDiagnostics() {}

  /**
   * Why a job failed, if the last attempt that failed, or else the job itself, did because of a
   * {@link ClusterFailure}.
   */
  static Optional<ClickmillException> reason(Job job) throws IOException, InterruptedException {
    var failed = lastFailed(job);
    if (failed.isPresent()) {
      var told =
          ClusterFailure.of(
              String.join("\n", job.getTaskDiagnostics(failed.get())), job.getConfiguration());
      if (told.isPresent()) {
        return told;
      }
    }
    return ClusterFailure.of(ofJob(job), job.getConfiguration());
  }

  /** What is known of the job as a whole, in one line: the traces of exceptions are in its logs. */
  static String line(Job job) throws IOException, InterruptedException {
    var line =
        ofJob(job)
            .lines()
            .takeWhile(text -> !text.startsWith("\tat "))
            .filter(text -> !text.isBlank())
            .map(String::strip)
            .collect(Collectors.joining(" "));
    return line.isEmpty() ? "the cluster gives no reason" : line;
  }

  private static String ofJob(Job job) throws IOException, InterruptedException {
    return Objects.requireNonNullElse(job.getStatus().getFailureInfo(), "");
  }

  private static Optional<TaskAttemptID> lastFailed(Job job)
      throws IOException, InterruptedException {
    TaskAttemptID last = null;
    int count = 0;
    while (true) {
      var events = job.getTaskCompletionEvents(count, EVENTS_AT_A_TIME);
      if (events == null || events.length == 0) {
        return Optional.ofNullable(last);
      }
      for (var event : events) {
        if (event.getStatus() == TaskCompletionEvent.Status.FAILED
            || event.getStatus() == TaskCompletionEvent.Status.TIPFAILED) {
          last = event.getTaskAttemptId();
        }
      }
      count += events.length;
    }
  }
}
