package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Heartbeat;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * A MapReduce job whose tasks write {@link StagedFiles} into the staging folder of a run's step.
 * Nothing that it leaves is visible until the driver publishes it.
 */
public final class StagedJob {
  static final String STAGING = "clickmill.internal.staging";

  private static final int SHUFFLE_KEY_BYTES = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Run run;
  private final String title;
  private final Job job;

  /**
   * What a job that ended well left behind.
   *
   * @param reports of all committed tasks
   * @param counters the job's counters
   */
  public record Result(List<StagedFiles.Report> reports, Counters counters) {
    /** The files of all tasks. */
    public List<StagedFile> files() {
      return reports.stream().flatMap(report -> report.files().stream()).toList();
    }

    /** The remarks of all tasks under a name. */
    public List<String> notes(String name) {
      return reports.stream()
          .flatMap(report -> report.notes().getOrDefault(name, List.of()).stream())
          .toList();
    }

    public long count(Enum<?> counter) {
      return counters.findCounter(counter).getValue();
    }
  }

  /**
   * @param title what it does, in words for the user
   * @param jobClass a class of the jar that holds the tasks' code
   */
  public StagedJob(Run run, String title, Class<?> jobClass) throws IOException {
    this.run = run;
    this.title = title;
    var configuration = new Configuration(run.configuration());
    configuration.set(STAGING, stagingPath().toString());
    configuration.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
    configuration.setBoolean(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, false);
    configuration.setBoolean(MRJobConfig.MAP_SPECULATIVE, false);
    configuration.setBoolean(MRJobConfig.REDUCE_SPECULATIVE, false);
    job = Job.getInstance(configuration, "clickmill " + title);
    if (Slots.isLocal(configuration)) {
      // Its tasks are in this process, so it needs no copy of the jar. Nor does its shuffle need a
      // secret, of which Hadoop makes one where there is none, by all of Java's cryptography.
      TokenCache.setShuffleSecretKey(new byte[SHUFFLE_KEY_BYTES], job.getCredentials());
    } else {
      job.setJarByClass(jobClass);
    }
    job.setOutputFormatClass(StagedOutputFormat.class);
    FileOutputFormat.setOutputPath(job, stagingPath());
  }

  public Job job() {
    return job;
  }

  /** A path in the step's staging folder for what the driver tells the tasks. */
  public Path file(String name) {
    return new Path(stagingPath(), name);
  }

  /** The step's staging folder, as its tasks know it. */
  public static Path staging(Configuration configuration) {
    return new Path(configuration.get(STAGING));
  }

  /** Runs the job to its end; a failure is told in the words of the task that failed. */
  public Result run() throws IOException, InterruptedException {
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    var watch = new JobWatch(job, PATIENCE);
    var heartbeat = new Heartbeat(run.warehouse(), run.id());
    boolean isSuccessful =
        watch.await(
            progress -> {
              heartbeat.beat();
              run.progress().report(title, progress);
            });
    var fileSystem = run.warehouse().fileSystem();
    if (!isSuccessful) {
      var failure = TaskFailures.first(fileSystem, stagingPath()).orElseGet(this::unexplained);
      discardTemporary(fileSystem, failure);
      throw failure;
    }
    run.progress().report(title, 1);
    return new Result(
        StagedFiles.read(fileSystem, stagingPath(), job.getJobName()), watch.counters());
  }

  /** No master of the job is left that might want it; see {@link StagedCommitter}. */
  private void discardTemporary(FileSystem fileSystem, ClickmillException failure) {
    try {
      fileSystem.delete(StagedCommitter.temporary(stagingPath(), job.getJobID()), true);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private Path stagingPath() {
    return run.warehouse().stagingOf(run.id());
  }

  private ClickmillException unexplained() {
    String reason;
    try {
      JobStatus status = job.getStatus();
      reason = status.getFailureInfo();
    } catch (IOException | InterruptedException e) {
      reason = e.toString();
    }
    return ClickmillException.failed(
        "Cannot finish the job %s (%s): %s. Look into the logs of its tasks.",
        title, job.getJobID(), reason);
  }
}
