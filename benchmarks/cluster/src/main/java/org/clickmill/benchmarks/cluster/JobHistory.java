package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.mapred.TaskStatus;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.TypeConverter;
import org.apache.hadoop.mapreduce.jobhistory.JobHistoryParser;
import org.apache.hadoop.mapreduce.jobhistory.JobHistoryParser.JobInfo;
import org.apache.hadoop.mapreduce.jobhistory.JobHistoryParser.TaskAttemptInfo;

/** Reads the history files that the jobs of a cluster have left. */
final class JobHistory {
  private static final String EXTENSION = ".jhist";

  private final FileSystem fileSystem;
  private final List<Path> containerLogs;
  private final TaskSampler sampler;

  /**
   * @param containerLogs the folders that the nodes' containers log into
   */
  JobHistory(FileSystem fileSystem, List<Path> containerLogs, TaskSampler sampler) {
    this.fileSystem = fileSystem;
    this.containerLogs = containerLogs;
    this.sampler = sampler;
  }

  /** All jobs, in the order in which they were submitted. */
  List<JobFigures> jobs() throws IOException {
    // While the history server moves a file, it may be met twice.
    var jobs = new TreeMap<String, JobFigures>();
    RemoteIterator<LocatedFileStatus> files =
        fileSystem.listFiles(new org.apache.hadoop.fs.Path(SiteFiles.HISTORY), true);
    while (files.hasNext()) {
      var path = files.next().getPath();
      if (path.getName().endsWith(EXTENSION)) {
        var job = new JobHistoryParser(fileSystem, path).parse();
        jobs.put(job.getJobId().toString(), figures(job));
      }
    }
    return jobs.values().stream().sorted(Comparator.comparingLong(JobFigures::started)).toList();
  }

  private JobFigures figures(JobInfo job) throws IOException {
    var attempts = new ArrayList<TaskAttempt>();
    for (var task : job.getAllTasks().values()) {
      for (var attempt : task.getAllTaskAttempts().values()) {
        attempts.add(attempt(job, task.getTaskType(), attempt));
      }
    }
    return new JobFigures(
        job.getJobname().replaceFirst("^clickmill ", ""),
        "SUCCEEDED".equals(job.getJobStatus()),
        job.getSubmitTime(),
        (job.getFinishTime() - job.getSubmitTime()) / 1e3,
        job.getAMInfos() == null ? 1 : job.getAMInfos().size(),
        attempts);
  }

  private TaskAttempt attempt(JobInfo job, TaskType type, TaskAttemptInfo attempt)
      throws IOException {
    // A small job's tasks have no process of their own.
    var process =
        job.getUberized()
            ? TypeConverter.toYarn(job.getJobId()).getAppId().toString()
            : attempt.getAttemptId().toString();
    var status = attempt.getTaskStatus();
    boolean failed = TaskStatus.State.FAILED.toString().equals(status);
    return new TaskAttempt(
        type == TaskType.MAP,
        TaskStatus.State.SUCCEEDED.toString().equals(status),
        failed ? String.valueOf(attempt.getError()) : null,
        Math.max(0, attempt.getFinishTime() - attempt.getStartTime()) / 1e3,
        gc(attempt),
        sampler.of(process));
  }

  private GcLog gc(TaskAttemptInfo attempt) throws IOException {
    if (attempt.getContainerId() == null) {
      return GcLog.NONE;
    }
    var application = attempt.getContainerId().getApplicationAttemptId().getApplicationId();
    for (var logs : containerLogs) {
      var file =
          logs.resolve(application.toString())
              .resolve(attempt.getContainerId().toString())
              .resolve(GcLog.FILE_NAME);
      if (Files.exists(file)) {
        return GcLog.read(file);
      }
    }
    return GcLog.NONE;
  }
}
