package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskCompletionEvent;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.ClusterFailure;

/**
 * What a cluster itself knows of a task that failed: all there is where the task could not tell it,
 * since what kept it from writing its output kept it from writing its message too.
 */
final class JobDiagnostics {
  private static final int EVENTS_AT_A_TIME = 500;

  private JobDiagnostics() {}

  /** Why a job failed, if the last attempt that failed did because of a {@link ClusterFailure}. */
  static Optional<ClickmillException> reason(Job job) throws IOException, InterruptedException {
    var failed = lastFailed(job);
    return failed.isEmpty()
        ? Optional.empty()
        : ClusterFailure.of(
            String.join("\n", job.getTaskDiagnostics(failed.get())), job.getConfiguration());
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
