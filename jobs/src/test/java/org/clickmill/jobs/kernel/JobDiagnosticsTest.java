package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskCompletionEvent;
import org.junit.jupiter.api.Test;

final class JobDiagnosticsTest {
  private static final String TRACE =
      """
      Job setup failed : org.apache.hadoop.hdfs.protocol.NSQuotaExceededException: The NameSpace quota \
      (directories and files) of directory /shop is exceeded: quota=250 file count=251
      \tat org.apache.hadoop.hdfs.server.namenode.FSDirMkdirOp.mkdirs(FSDirMkdirOp.java:77)

      \tat org.clickmill.jobs.kernel.StagedCommitter.setupJob(StagedCommitter.java:85)
      Caused by: org.apache.hadoop.ipc.RemoteException: The NameSpace quota
      """;

  private static final String WITHOUT_ROOM =
      "File /shop/x could only be written to 0 of the 1 minReplication nodes."
          + " There are 2 datanode(s) running and 2 node(s) are excluded in this operation.";

  /** A job that failed, as the cluster tells it. */
  @SuppressWarnings("deprecation")
  private static final class FailedJob extends Job {
    private final String ofJob;
    private final String ofTask;

    /**
     * @param ofTask null if no task failed
     */
    FailedJob(String ofJob, String ofTask) throws IOException {
      super(new Configuration(false));
      this.ofJob = ofJob;
      this.ofTask = ofTask;
    }

    @Override
    public JobStatus getStatus() {
      return new JobStatus() {
        @Override
        public synchronized String getFailureInfo() {
          return ofJob;
        }
      };
    }

    @Override
    public TaskCompletionEvent[] getTaskCompletionEvents(int from, int most) {
      return ofTask == null || from > 0
          ? new TaskCompletionEvent[0]
          : new TaskCompletionEvent[] {
            new TaskCompletionEvent(
                0, new TaskAttemptID(), 0, true, TaskCompletionEvent.Status.FAILED, "")
          };
    }

    @Override
    public String[] getTaskDiagnostics(TaskAttemptID attempt) {
      return new String[] {ofTask};
    }
  }

  @Test
  void jobThatCouldNotBeginBecauseOfAQuotaSaysSo() throws Exception {
    assertThat(JobDiagnostics.reason(new FailedJob(TRACE, null)))
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .hasMessageStartingWith(
                        "Cannot write: the name quota of /shop is reached (quota=250"));
  }

  @Test
  void whatKeptATaskFromItsWorkComesFirst() throws Exception {
    assertThat(JobDiagnostics.reason(new FailedJob(TRACE, WITHOUT_ROOM)))
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .hasMessageStartingWith("Cannot write /shop/x: no DataNode takes a block"));
    assertThat(JobDiagnostics.reason(new FailedJob(TRACE, "exit code 1"))).isPresent();
  }

  @Test
  void jobThatFailedForAnotherReasonIsToldInOneLine() throws Exception {
    assertThat(JobDiagnostics.reason(new FailedJob(null, null))).isEmpty();
    assertThat(JobDiagnostics.line(new FailedJob(null, null)))
        .isEqualTo("the cluster gives no reason");
    assertThat(JobDiagnostics.line(new FailedJob(TRACE, null)))
        .startsWith("Job setup failed : ")
        .endsWith("quota=250 file count=251");
    assertThat(
            JobDiagnostics.line(
                new FailedJob("Task failed task_1\nJob failed as tasks failed.\n", null)))
        .isEqualTo("Task failed task_1 Job failed as tasks failed.");
  }
}
