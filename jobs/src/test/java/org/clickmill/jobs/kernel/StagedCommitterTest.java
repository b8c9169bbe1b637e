package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.MRJobConfig;
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

  @Test
  void jobThatMayRunInItsMasterIsNotRecoveredByTheNext() throws IOException {
    var job = attempt(1);
    var configuration = job.getConfiguration();
    configuration.setInt(MRJobConfig.NUM_MAPS, 1);
    assertThat(committer(job).isRecoverySupported(job)).isTrue();
    configuration.setBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, true);
    configuration.setInt(MRJobConfig.JOB_UBERTASK_MAXMAPS, 1);
    assertThat(committer(job).isRecoverySupported(job)).isFalse();
    configuration.setInt(MRJobConfig.NUM_MAPS, 2);
    assertThat(committer(job).isRecoverySupported(job)).isTrue();
  }

  /** Of a job with reducers, Hadoop has the committer recover the reduce tasks only. */
  @Test
  void tasksThatTheNextMasterNeitherRunsNorRecoversAreCommittedToo() throws IOException {
    var map = attempt(1);
    write(committer(map), map, "map");
    var again = attempt(1, 1, 0);
    write(committer(again), again, "again");

    var attempt = attempt(1, 1, 2);
    var ofThirdMaster = committer(attempt);
    write(ofThirdMaster, attempt, "again");
    ofThirdMaster.commitJob(attempt);
    assertThat(names()).containsExactly("_committed-job_cluster_0001", "again", "map");
  }

  @Test
  void whatATaskWroteForALostMasterIsNotTakenOnceItHasRunAgain() throws IOException {
    var lost = attempt(1);
    write(committer(lost), lost, "old");
    var attempt = attempt(1, 0, 1);
    var ofNextMaster = committer(attempt);
    write(ofNextMaster, attempt, "new");
    ofNextMaster.commitJob(attempt);
    assertThat(names()).containsExactly("_committed-job_cluster_0001", "new");
  }

  @Test
  void commitInWhichAMasterDiedIsTakenUpByTheNext() throws IOException {
    var lost = attempt(1);
    var ofLostMaster = committer(lost);
    write(ofLostMaster, lost, "moved");
    var other = attempt(1, 1, 0);
    write(committer(other), other, "left");
    // As far as the commit came.
    var moved = Path.of(ofLostMaster.getCommittedTaskPath(lost).toUri().getPath());
    Files.move(moved.resolve("moved"), staging.resolve("moved"));

    var attempt = attempt(1, 0, 1);
    var ofNextMaster = committer(attempt);
    assertThat(ofNextMaster.isCommitJobRepeatable(attempt)).isTrue();
    ofNextMaster.setupJob(attempt);
    ofNextMaster.recoverTask(attempt);
    ofNextMaster.recoverTask(attempt(1, 1, 1));
    ofNextMaster.commitJob(attempt);
    assertThat(names()).containsExactly("_committed-job_cluster_0001", "left", "moved");
  }

  @Test
  void commitInWhichAMasterDiedAfterItTidiedUpIsTakenUpByTheNext() throws IOException {
    var lost = attempt(1);
    var ofLostMaster = committer(lost);
    write(ofLostMaster, lost, "first");
    ofLostMaster.commitJob(lost);
    Files.delete(staging.resolve("_committed-job_cluster_0001"));

    var attempt = attempt(1, 0, 1);
    var ofNextMaster = committer(attempt);
    ofNextMaster.setupJob(attempt);
    ofNextMaster.recoverTask(attempt);
    ofNextMaster.commitJob(attempt);
    assertThat(names()).containsExactly("_committed-job_cluster_0001", "first");
  }

  /** Its driver may be publishing the files by now: no task may write them again. */
  @Test
  void jobThatIsCommittedIsNotTakenUpAgain() throws IOException {
    var lost = attempt(1);
    var ofLostMaster = committer(lost);
    write(ofLostMaster, lost, "first");
    ofLostMaster.commitJob(lost);

    var attempt = attempt(1, 0, 1);
    assertThatThrownBy(() -> committer(attempt).setupJob(attempt))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot run job_cluster_0001 again: it has been committed");
    assertThat(names()).containsExactly("_committed-job_cluster_0001", "first");
  }

  private TaskAttemptContext attempt(int job) {
    return attempt(job, 0, 0);
  }

  /**
   * @param master which of the job's masters it belongs to, from 0 on
   */
  private TaskAttemptContext attempt(int job, int task, int master) {
    var configuration = LocalWarehouse.configuration(staging.getParent());
    configuration.set(FileOutputFormat.OUTDIR, staging.toUri().toString());
    configuration.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
    configuration.setInt(MRJobConfig.APPLICATION_ATTEMPT_ID, master);
    return new TaskAttemptContextImpl(
        configuration, new TaskAttemptID("cluster", job, TaskType.MAP, task, 0));
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
