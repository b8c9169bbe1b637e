package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskFailuresTest {
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
    var told = told();
    assertThat(told.failure()).isEqualTo(Failure.USAGE);
    assertThat(told).hasMessage("Missing column event_time in a.csv");
  }

  @Test
  void fullDiskIsToldInTheDisksWords() throws Exception {
    assertThatThrownBy(() -> TaskFailures.tell(context(folder), TaskFailuresTest::fillDisk))
        .hasMessage("No space left on device");
    var told = told();
    assertThat(told.failure()).isEqualTo(Failure.FAILED);
    assertThat(told)
        .hasMessage("Cannot finish a task of clickmill import: No space left on device");
  }

  @Test
  void failureThatCannotBeToldIsThrownAsItIs() throws Exception {
    var file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> TaskFailures.tell(context(file), TaskFailuresTest::fillDisk))
        .hasMessage("No space left on device");
  }

  private static void fillDisk() throws IOException {
    throw new IOException("No space left on device");
  }

  private ClickmillException told() throws IOException {
    var local = FileSystem.getLocal(new Configuration());
    return TaskFailures.first(local, new org.apache.hadoop.fs.Path(folder.toUri())).orElseThrow();
  }

  private static TaskAttemptContext context(Path staging) {
    var configuration = new JobConf();
    configuration.setJobName("clickmill import");
    configuration.set(StagedJob.STAGING, staging.toUri().toString());
    return new TaskAttemptContextImpl(configuration, new TaskAttemptID());
  }
}
