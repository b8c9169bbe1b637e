package org.clickmill.jobs.kernel;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;

/**
 * Commits tasks as Hadoop does, but each job has a temporary folder of its own, which only a job
 * that ends well deletes. Since Hadoop 3.5 a job's master aborts its job once more when its process
 * ends, seconds after the job, whatever became of it. That would delete what the next job of the
 * step writes, since they share a staging folder; or, when a node is lost, the output of tasks that
 * the job's next master takes for finished.
 */
final class StagedCommitter extends FileOutputCommitter {
  private final Path temporary;
  private final Path work;

  StagedCommitter(Path staging, TaskAttemptContext context) throws IOException {
    super(staging, context);
    temporary = temporary(getOutputPath(), context.getJobID());
    work = getTaskAttemptPath(context);
  }

  /** What a job keeps in a staging folder until it is committed. */
  static Path temporary(Path staging, JobID job) {
    return new Path(staging, PENDING_DIR_NAME + "-" + job);
  }

  @Override
  public Path getJobAttemptPath(JobContext job) {
    return getJobAttemptPath(job.getConfiguration().getInt(MRJobConfig.APPLICATION_ATTEMPT_ID, 0));
  }

  @Override
  protected Path getJobAttemptPath(int attempt) {
    return new Path(temporary, Integer.toString(attempt));
  }

  @Override
  public Path getTaskAttemptPath(TaskAttemptContext context) {
    var ofTasks = new Path(getJobAttemptPath(context), PENDING_DIR_NAME);
    return new Path(ofTasks, context.getTaskAttemptID().toString());
  }

  @Override
  public Path getWorkPath() {
    return work;
  }

  /** Leaves all to the driver, or the purge of staging folders. */
  @Override
  public void abortJob(JobContext job, JobStatus.State state) {}

  @Override
  @SuppressWarnings("deprecation")
  public void cleanupJob(JobContext job) throws IOException {
    // There may be nothing left: then this returns false.
    temporary.getFileSystem(job.getConfiguration()).delete(temporary, true);
  }
}
