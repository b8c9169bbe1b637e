package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.protocol.NSQuotaExceededException;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskFailuresTest {
  private static final String JOB = "job_1_0002";
  private static final String ATTEMPT = "attempt_1_0002_m_000000_0";

  @TempDir Path folder;

  @Test
  void messageForTheUserKeepsItsWordsAndItsKind() throws Exception {
    assertThatThrownBy(
            () ->
                TaskFailures.tell(
                    context(folder),
                    () -> {
                      throw ClickmillException.usage("Missing column event_time in %s", "a.csv");
                    }))
        .isInstanceOf(ClickmillException.class);
    var told = reason(JOB);
    assertThat(told.failure()).isEqualTo(Failure.USAGE);
    assertThat(told).hasMessage("Missing column event_time in a.csv");
  }

  @Test
  void fullDiskIsToldInTheDisksWords() throws Exception {
    assertThatThrownBy(() -> TaskFailures.tell(context(folder), TaskFailuresTest::fillDisk))
        .hasMessage("No space left on device");
    var told = reason(JOB);
    assertThat(told.failure()).isEqualTo(Failure.FAILED);
    assertThat(told)
        .hasMessage("Cannot finish a task of clickmill import: No space left on device");
  }

  @Test
  void fullDiskBehindAnUncheckedExceptionIsToldInTheDisksWords() throws Exception {
    assertThatThrownBy(
            () ->
                TaskFailures.tell(
                    context(folder),
                    () -> {
                      throw new UncheckedIOException(new IOException("No space left on device"));
                    }))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(reason(JOB)).hasMessage(told("No space left on device"));
  }

  @Test
  void quotaThatIsReachedIsToldWithWhatToDo() throws Exception {
    var quota = new NSQuotaExceededException(5, 6);
    quota.setPathName("/shop");
    assertThatThrownBy(
            () ->
                TaskFailures.tell(
                    context(folder),
                    () -> {
                      throw quota;
                    }))
        .isSameAs(quota);
    assertThat(reason(JOB))
        .hasMessageStartingWith("Cannot write: the name quota of /shop is reached (quota=5 ");
  }

  @Test
  void lackOfMemoryNamesTheSettingThatBoundsTheTask() throws Exception {
    var setting = ConfigKey.ofInt("clickmill.some.memory-mb", 7, 1, 9, "Of a test.");
    assertThatThrownBy(
            () -> TaskFailures.tell(context(folder), setting, TaskFailuresTest::fillMemory))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(reason(JOB))
        .hasMessage(
            told("out of memory; give the tasks more, or lower clickmill.some.memory-mb (now 7)"));
  }

  @Test
  void lackOfMemoryOfATaskWithoutABudgetNamesNone() throws Exception {
    assertThatThrownBy(() -> TaskFailures.tell(context(folder), TaskFailuresTest::fillMemory))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(reason(JOB)).hasMessage(told("out of memory; give the tasks more"));
  }

  @Test
  void failureThatCannotBeToldIsThrownAsItIs() throws Exception {
    var file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> TaskFailures.tell(context(file), TaskFailuresTest::fillDisk))
        .hasMessage("No space left on device");
  }

  @Test
  void messageIsThatOfTheTaskThatFailedForGood() throws Exception {
    fail(JOB, "m_000000_0", "a node was lost");
    fail(JOB, "m_000001_0", "the first time");
    fail(JOB, "m_000001_1", "the last time");
    assertThat(reason(JOB)).hasMessage(told("the last time"));
  }

  @Test
  void messageOfATaskThatWasRepeatedWellIsNotTheReason() throws Exception {
    fail(JOB, "m_000000_0", "a node was lost");
    fail(JOB, "m_000000_1", "another node was lost");
    fail(JOB, "r_000000_0", "the reason");
    Files.createDirectories(folder.resolve("_temporary-job_1_0002/1/task_1_0002_m_000000"));
    assertThat(reason(JOB)).hasMessage(told("the reason"));
  }

  @Test
  void messageThatCouldNotBeWrittenIsNoReason() throws Exception {
    var messages = Files.createDirectories(folder.resolve(TaskFailures.FOLDER));
    Files.createFile(messages.resolve(ATTEMPT + ".json"));
    var local = FileSystem.newInstanceLocal(new Configuration());
    assertThat(TaskFailures.ofJob(local, staging(), JobID.forName(JOB))).isEmpty();
    fail(JOB, "m_000001_0", "the reason");
    assertThat(reason(JOB)).hasMessage(told("the reason"));
  }

  @Test
  void messagesOfAnotherJobAreNoReason() throws Exception {
    fail("job_1_0001", "m_000000_0", "of another job");
    var local = FileSystem.newInstanceLocal(new Configuration());
    assertThat(TaskFailures.ofJob(local, staging(), JobID.forName(JOB))).isEmpty();
    fail(JOB, "m_000000_0", "the reason");
    assertThat(reason(JOB)).hasMessage(told("the reason"));
  }

  private void fail(String job, String attempt, String reason) {
    var id = TaskAttemptID.forName(job.replace("job", "attempt") + "_" + attempt);
    assertThatThrownBy(
            () ->
                TaskFailures.tell(
                    context(folder, id),
                    () -> {
                      throw new IOException(reason);
                    }))
        .hasMessage(reason);
  }

  private static String told(String reason) {
    return "Cannot finish a task of clickmill import: " + reason;
  }

  private static void fillMemory() {
    throw new OutOfMemoryError("of a test");
  }

  private static void fillDisk() throws IOException {
    throw new IOException("No space left on device");
  }

  private ClickmillException reason(String job) throws IOException {
    var local = FileSystem.newInstanceLocal(new Configuration());
    return TaskFailures.ofJob(local, staging(), JobID.forName(job)).orElseThrow();
  }

  private org.apache.hadoop.fs.Path staging() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  private static TaskAttemptContext context(Path staging) {
    return context(staging, TaskAttemptID.forName(ATTEMPT));
  }

  private static TaskAttemptContext context(Path staging, TaskAttemptID id) {
    var configuration = new JobConf();
    configuration.setJobName("clickmill import");
    configuration.set(StagedJob.STAGING, staging.toUri().toString());
    return new TaskAttemptContextImpl(configuration, id);
  }
}
