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
  /** Hadoop's default. */
  private static final int MOST_UBER_MAPS = 9;

  private final Path temporary;
  private final Path work;

  StagedCommitter(Path staging, TaskAttemptContext context) throws IOException {
    super(staging, context);
    temporary = temporary(getOutputPath(), context.getJobID());
    work = work(getOutputPath(), context);
  }

  /** What a job keeps in a staging folder until it is committed. */
  static Path temporary(Path staging, JobID job) {
    return new Path(staging, PENDING_DIR_NAME + "-" + job);
  }

  /** The file that is there once a job is committed, whoever may be asked how it ended. */
  static Path committed(Path staging, JobID job) {
    return new Path(staging, "_committed-" + job);
  }

  /** The folder that a task attempt writes into. */
  static Path work(Path staging, TaskAttemptContext context) {
    var attempt = context.getTaskAttemptID();
    var ofJob = temporary(staging, attempt.getJobID());
    var ofTasks = new Path(ofJob, master(context) + "/" + PENDING_DIR_NAME);
    return new Path(ofTasks, attempt.toString());
  }

  /** Which master of the job it is, from 0 on: another takes over when one dies. */
  private static int master(JobContext job) {
    return job.getConfiguration().getInt(MRJobConfig.APPLICATION_ATTEMPT_ID, 0);
  }

  @Override
  public Path getJobAttemptPath(JobContext job) {
    return getJobAttemptPath(master(job));
  }

  @Override
  protected Path getJobAttemptPath(int attempt) {
    return new Path(temporary, Integer.toString(attempt));
  }

  @Override
  public Path getTaskAttemptPath(TaskAttemptContext context) {
    return work(getOutputPath(), context);
  }

  @Override
  public Path getWorkPath() {
    return work;
  }

  /**
   * Prepares the job, also for a master that takes it over. Once it is committed its driver may be
   * publishing the files, and no task may write them again.
   */
  @Override
  public void setupJob(JobContext job) throws IOException {
    var committed = committed(getOutputPath(), job.getJobID());
    if (committed.getFileSystem(job.getConfiguration()).exists(committed)) {
      throw new IOException("Cannot run " + job.getJobID() + " again: it has been committed");
    }
    super.setupJob(job);
  }

  @Override
  public void commitJob(JobContext job) throws IOException {
    adoptTasks(job);
    super.commitJob(job);
    var committed = committed(getOutputPath(), job.getJobID());
    committed.getFileSystem(job.getConfiguration()).create(committed, true).close();
  }

  /**
   * Takes what tasks wrote for masters before this one, unless they have run again since. Hadoop
   * has this done for reduce tasks and for those of jobs without any; but here map tasks too write
   * files.
   */
  private void adoptTasks(JobContext job) throws IOException {
    var fileSystem = temporary.getFileSystem(job.getConfiguration());
    for (int earlier = master(job) - 1; earlier >= 0; earlier--) {
      var folder = getJobAttemptPath(earlier);
      if (!fileSystem.exists(folder)) {
        continue;
      }
      for (var task : fileSystem.listStatus(folder)) {
        var name = task.getPath().getName();
        var here = new Path(getJobAttemptPath(job), name);
        if (!name.equals(PENDING_DIR_NAME)
            && !fileSystem.exists(here)
            && !fileSystem.rename(task.getPath(), here)) {
          throw new IOException("Cannot rename " + task.getPath() + " to " + here);
        }
      }
    }
  }

  /**
   * A master that dies in the middle of its commit has moved some files to their place. The next
   * one moves the others, and gives any that was made again the same name.
   */
  @Override
  public boolean isCommitJobRepeatable(JobContext job) {
    return true;
  }

  /**
   * A job that may run in its master begins again when that dies: Hadoop's next master would take
   * its map task for finished, and fail its reducer since it has not run that map task itself.
   */
  @Override
  public boolean isRecoverySupported(JobContext job) throws IOException {
    var configuration = job.getConfiguration();
    boolean mayBeUber =
        configuration.getBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, false)
            && configuration.getInt(MRJobConfig.NUM_MAPS, Integer.MAX_VALUE)
                <= configuration.getInt(MRJobConfig.JOB_UBERTASK_MAXMAPS, MOST_UBER_MAPS);
    return !mayBeUber && super.isRecoverySupported(job);
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
