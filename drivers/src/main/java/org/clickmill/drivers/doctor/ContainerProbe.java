package org.clickmill.drivers.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.WarehouseSite;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.RunningJob;

/**
 * A job of one map task, which tells what its container is like. It is over as soon as that is
 * known; what the cluster has still to do then, it does by itself.
 */
final class ContainerProbe {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PAUSE_MILLIS = 250;

  /** What lines have in them that name an error. */
  private static final List<String> ERRORS =
      List.of("Error", "Exception:", "No such file", "denied");

  private final Path root;
  private final Configuration configuration;
  private final Clock clock;

  ContainerProbe(Path root, Configuration configuration, Clock clock) {
    this.root = root;
    this.configuration = configuration;
    this.clock = clock;
  }

  /**
   * What is known of a container.
   *
   * @param report its own words
   * @param aheadMillis how far its clock is ahead of the client's, which both are compared with
   *     that of the file system
   */
  record Answer(ContainerReport report, long aheadMillis) {}

  /**
   * Runs the job.
   *
   * @throws ClickmillException if it fails, in the words of the task or of the cluster
   */
  Answer ask() throws IOException, InterruptedException {
    var site = WarehouseSite.of(root, configuration);
    var fs = site.fileSystem();
    try (var scratch = site.scratch()) {
      long fileSystemAhead = Skew.ofFileSystem(fs, new Path(scratch.folder(), "clock"), clock);
      var report = new Path(scratch.folder(), "report.json");
      var job = job(fs, scratch.folder(), report);
      try (var running = RunningJob.submit(job)) {
        await(job, fs, report);
        running.ended();
      }
      var found = read(fs, report);
      long written = fs.getFileStatus(report).getModificationTime();
      return new Answer(found, found.clock() - written + fileSystemAhead);
    }
  }

  private Job job(FileSystem fs, Path scratch, Path report) throws IOException {
    var settings = new Configuration(configuration);
    settings.set(ContainerMapper.REPORT, report.toString());
    // A container of a map task's size, not the ApplicationMaster's, and no second try.
    settings.setBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, false);
    settings.setBoolean(MRJobConfig.MAP_SPECULATIVE, false);
    settings.setInt(MRJobConfig.MAP_MAX_ATTEMPTS, 1);
    settings.setInt(MRJobConfig.MR_AM_MAX_ATTEMPTS, 1);
    BundleInputFormat.configure(
        settings, fs, new Path(scratch, "begin.json"), List.of(BundleInputFormat.item(0, "begin")));
    var job = Job.getInstance(settings, "clickmill doctor");
    job.setJarByClass(ContainerMapper.class);
    job.setMapperClass(ContainerMapper.class);
    job.setInputFormatClass(BundleInputFormat.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setNumReduceTasks(0);
    TokenCache.obtainTokensForNamenodes(job.getCredentials(), new Path[] {scratch}, settings);
    return job;
  }

  private static void await(Job job, FileSystem fs, Path report)
      throws IOException, InterruptedException {
    while (!fs.exists(report)) {
      // It may be written before the job is over.
      if (job.isComplete() && !fs.exists(report)) {
        throw failure(job, report);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static ClickmillException failure(Job job, Path report)
      throws IOException, InterruptedException {
    return job.isSuccessful()
        ? ClickmillException.failed(
            "the job %s ended well, but what its task wrote is not at %s: not all nodes have that"
                + " file system",
            job.getJobID(), report)
        : ClickmillException.failed(
            "the job %s failed: %s", job.getJobID(), reason(diagnostics(job)));
  }

  /** What the cluster and the task say, line by line. */
  private static List<String> diagnostics(Job job) throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    for (var event : job.getTaskCompletionEvents(0, 10)) {
      for (var text : job.getTaskDiagnostics(event.getTaskAttemptId())) {
        lines.addAll(text.lines().toList());
      }
    }
    var ofJob = job.getStatus().getFailureInfo();
    if (ofJob != null) {
      lines.addAll(ofJob.lines().toList());
    }
    return lines;
  }

  /**
   * The line that helps most: where there are several, the one that names an error and not only
   * that a container did not start.
   */
  static String reason(List<String> diagnostics) {
    var lines = diagnostics.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.stream()
        .filter(line -> ERRORS.stream().anyMatch(line::contains))
        // So YARN names a file of its own.
        .filter(line -> !line.contains("Error file:"))
        .findFirst()
        .or(() -> lines.stream().findFirst())
        .orElse("the cluster does not say why; look into its log");
  }

  private static ContainerReport read(FileSystem fs, Path report) throws IOException {
    try (InputStream in = fs.open(report)) {
      return JSON.readValue(in, ContainerReport.class);
    }
  }
}
