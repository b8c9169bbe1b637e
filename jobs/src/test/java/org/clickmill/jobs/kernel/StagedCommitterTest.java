package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedCommitterTest {
  @TempDir Path staging;

  @Test
  void jobThatIsAbortedWhenItsMasterEndsLeavesWhatTheNextOneWrites() throws IOException {
    var first = attempt(1);
    var ofFirst = committer(first);
    write(ofFirst, first, "first");
    ofFirst.commitJob(first);

    var second = attempt(2);
    var ofSecond = committer(second);
    write(ofSecond, second, "second");
    ofFirst.abortJob(first, JobStatus.State.FAILED);
    ofSecond.commitJob(second);
    assertThat(names())
        .containsExactly(
            "_committed-job_cluster_0001", "_committed-job_cluster_0002", "first", "second");
  }

  @Test
  void jobThatIsAbortedByAMasterOfItsOwnIsFinishedByTheNext() throws IOException {
    var attempt = attempt(1);
    var ofLostMaster = committer(attempt);
    write(ofLostMaster, attempt, "first");
    ofLostMaster.abortJob(attempt, JobStatus.State.FAILED);
    committer(attempt).commitJob(attempt);
    assertThat(names()).containsExactly("_committed-job_cluster_0001", "first");
  }

  private TaskAttemptContext attempt(int job) {
    var configuration = LocalWarehouse.configuration(staging.getParent());
    configuration.set(FileOutputFormat.OUTDIR, staging.toUri().toString());
    configuration.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
    return new TaskAttemptContextImpl(
        configuration, new TaskAttemptID("cluster", job, TaskType.MAP, 0, 0));
  }

  private static StagedCommitter committer(TaskAttemptContext attempt) throws IOException {
    return (StagedCommitter) new StagedOutputFormat().getOutputCommitter(attempt);
  }

  /** What a task does: writes a file below its work folder, and commits. */
  private static void write(StagedCommitter committer, TaskAttemptContext attempt, String name)
      throws IOException {
    committer.setupJob(attempt);
    committer.setupTask(attempt);
    var folder = Path.of(committer.getWorkPath().toUri().getPath());
    Files.writeString(Files.createDirectories(folder).resolve(name), name);
    assertThat(committer.needsTaskCommit(attempt)).isTrue();
    committer.commitTask(attempt);
  }

  /** Without Hadoop's own mark of a job that ended well. */
  private String[] names() {
    return Arrays.stream(staging.toFile().list())
        .filter(name -> !name.equals("_SUCCESS"))
        .sorted()
        .toArray(String[]::new);
  }
}
