package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TaskProcessTest {
  private static final Path FOLDER = Path.of("/x/big-day");
  private static final String LOG =
      "java\0-Dyarn.app.container.log.dir=/x/big-day/cluster/node-1/logs/application_17_0004"
          + "/container_17_0004_01_000002\0";

  @Test
  void taskIsRecognizedByItsClassAndAttempt() {
    var commandLine =
        LOG
            + "org.apache.hadoop.mapred.YarnChild\000127.0.0.1\00040001\0attempt_17_0004_m_000003_1\0002\0";
    assertThat(TaskProcess.of(5, commandLine, FOLDER))
        .contains(new TaskProcess(5, "application_17_0004", "attempt_17_0004_m_000003_1"));
  }

  @Test
  void masterHasNoAttempt() {
    assertThat(TaskProcess.of(5, LOG + "org.apache.hadoop.mapreduce.v2.app.MRAppMaster\0", FOLDER))
        .contains(new TaskProcess(5, "application_17_0004", null))
        .hasValueSatisfying(process -> assertThat(process.isMaster()).isTrue());
  }

  @Test
  void processesOfOthersAreLeftAlone() {
    var commandLine = LOG + "org.apache.hadoop.mapred.YarnChild\0attempt_17_0004_m_000003_1\0";
    assertThat(TaskProcess.of(5, commandLine, Path.of("/other"))).isEmpty();
    assertThat(TaskProcess.of(5, commandLine, Path.of("/x/big"))).isEmpty();
    assertThat(TaskProcess.of(5, "bash\0-c\0" + commandLine.replace('\0', ' '), FOLDER)).isEmpty();
  }
}
