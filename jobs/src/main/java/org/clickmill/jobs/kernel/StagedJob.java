package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Heartbeat;
import org.clickmill.jobs.kernel.SmallJobs.Ended;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * A MapReduce job whose tasks write {@link StagedFiles} into the staging folder of a run's step.
 * Nothing that it leaves is visible until the driver publishes it.
 */
public final class StagedJob {
  static final String STAGING = "clickmill.internal.staging";

  private static final String DEFAULTS_FILE = "-default.xml";
  private static final int SHUFFLE_KEY_BYTES = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Run run;
  private final String title;
  private final Job job;

  /** Of every file system that tasks touch. */
  private final List<Path> places = new ArrayList<>();

  /**
   * What a job that ended well left behind.
   *
   * @param reports of all tasks
   */
  public record Result(List<TaskReport> reports) {
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

    /** What all tasks counted. */
    public long count(Enum<?> counter) {
      return reports.stream().mapToLong(report -> report.count(counter)).sum();
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
    disableUnlessSet(configuration, MRJobConfig.MAP_SPECULATIVE);
    disableUnlessSet(configuration, MRJobConfig.REDUCE_SPECULATIVE);
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
    places.add(run.warehouse().fileSystem().makeQualified(stagingPath()));
  }

  /** Replaces Hadoop's default, but not what a user or a site file says. */
  private static void disableUnlessSet(Configuration configuration, String name) {
    var sources = configuration.getPropertySources(name);
    if (sources == null || sources[sources.length - 1].endsWith(DEFAULTS_FILE)) {
      configuration.setBoolean(name, false);
    }
  }

  public Job job() {
    return job;
  }

  /**
   * Says that tasks read outside of the warehouse, so that they get what a secure cluster asks for
   * there. To be called before the job is submitted.
   */
  public void alsoReads(Collection<Path> paths) {
    places.addAll(paths);
  }

  /** Gets what the tasks need on a secure cluster. To be called right before a job is submitted. */
  public void secure() throws IOException {
    JobSecurity.prepare(job, places);
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
    var fileSystem = run.warehouse().fileSystem();
    var heartbeat = new Heartbeat(run.warehouse(), run.id());
    var small = run.smallJobs().run(job, heartbeat::beat);
    var ended = small.isPresent() ? small.get() : runByItself(fileSystem, heartbeat);
    run.progress().report(title, 1);
    return result(fileSystem, ended);
  }

  private Ended runByItself(FileSystem fileSystem, Heartbeat heartbeat)
      throws IOException, InterruptedException {
    secure();
    try (var running = RunningJob.submit(job)) {
      boolean isSuccessful = await(fileSystem, heartbeat);
      running.ended();
      if (!isSuccessful) {
        throw failure(fileSystem);
      }
    }
    return new Ended(job.getJobID(), job.getConfiguration().getInt(MRJobConfig.NUM_MAPS, 0));
  }

  private boolean await(FileSystem fileSystem, Heartbeat heartbeat) throws InterruptedException {
    var committed = StagedCommitter.committed(stagingPath(), job.getJobID());
    // A local job knows it itself, and tidies up once it is committed.
    boolean isLocal = Slots.isLocal(job.getConfiguration());
    var watch =
        new JobWatch(
            job,
            () -> !isLocal && fileSystem.exists(committed),
            () -> TaskFailures.ofJob(fileSystem, stagingPath(), job.getJobID()),
            PATIENCE);
    return watch.await(
        progress -> {
          heartbeat.beat();
          run.progress().report(title, progress);
        });
  }

  private Result result(FileSystem fileSystem, Ended ended) throws IOException {
    var folder = TaskReport.folder(stagingPath(), ended.id());
    var reports = TaskReport.readAll(fileSystem, folder, run.warehouse().threads());
    check(reports, ended.maps());
    return new Result(reports);
  }

  /** Nothing was lost between the tasks and here, nor between the mappers and the reducers. */
  private void check(List<TaskReport> reports, int maps) {
    int reducers = job.getNumReduceTasks();
    long mapReports = reports.stream().filter(TaskReport::isMap).count();
    if (mapReports != maps || reports.size() - mapReports != reducers) {
      throw ClickmillException.failed(
          "Cannot publish: %s had %d map and %d reduce tasks, but reports are there of %d and %d",
          title, maps, reducers, mapReports, reports.size() - mapReports);
    }
    var all = new Result(reports);
    long written = all.count(TaskCounter.MAP_OUTPUT_RECORDS);
    long read = all.count(TaskCounter.REDUCE_INPUT_RECORDS);
    if (reducers > 0 && written != read) {
      throw ClickmillException.failed(
          "Cannot publish: the mappers of %s wrote %d records, the reducers read %d",
          title, written, read);
    }
  }

  private ClickmillException failure(FileSystem fileSystem) throws IOException {
    var failure =
        TaskFailures.ofJob(fileSystem, stagingPath(), job.getJobID()).orElseGet(this::unexplained);
    discardTemporary(fileSystem, failure);
    return failure;
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
      var known = JobDiagnostics.reason(job);
      if (known.isPresent()) {
        return known.get();
      }
      reason = JobDiagnostics.line(job);
    } catch (IOException | InterruptedException e) {
      reason = e.toString();
    }
    return ClickmillException.failed(
        "Cannot finish the job %s (%s): %s. Look into the logs of its tasks.",
        title, job.getJobID(), reason);
  }
}
