package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} without a cluster. */
final class DoctorCommandTest {
  @TempDir Path folder;

  private CommandRun doctor(String... more) {
    var words = new String[2 + more.length];
    words[0] = "doctor";
    words[1] = "--warehouse=" + folder.resolve("shop");
    System.arraycopy(more, 0, words, 2, more.length);
    return CommandRun.of(words);
  }

  @Test
  void laptopWithoutAClusterRunsClickmill() {
    var run = doctor();
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out().lines())
        .noneMatch(line -> line.startsWith("failed"))
        .anyMatch(line -> line.startsWith("ok       Java of the client: "))
        .anyMatch(line -> line.startsWith("ok       Hadoop of the client: "))
        .anyMatch(line -> line.startsWith("ok       warehouse: file:" + folder + "/shop is not "))
        .anyMatch(line -> line.startsWith("ok       clock of the file system: "))
        .contains(
            "skipped  queue: jobs run in this process, without a cluster",
            "skipped  containers: jobs run in this process, without a cluster",
            "skipped  metastore: clickmill.metastore.uris is not set",
            "skipped  Kafka: not named by --bootstrap-servers or --client-properties");
    assertThat(run.out().lines().reduce((first, last) -> last).orElseThrow())
        .matches("\\d+ ok, \\d warnings, 0 failed, 8 skipped\\.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatFailsIsNamedAndTheExitCodeIsOne() throws IOException {
    Files.createFile(folder.resolve("shop"));
    var run = doctor("--bootstrap-servers=localhost:1", "-Dclickmill.load.connect-seconds=1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines())
        .contains(
            "failed   warehouse: Invalid warehouse: file:%1$s/shop is not a folder. Is the file"
                    .formatted(folder)
                + " system of %s/shop up, and may the user write there?".formatted(folder))
        .anyMatch(line -> line.startsWith("failed   Kafka: "));
    assertThat(run.err())
        .matches(
            "(?s).*clickmill doctor: Clickmill will not run here as it is: [56] of [0-9]+ checks"
                + " failed\n");
  }

  @Test
  void jsonIsOneDocumentThatHoldsWhatFailed() throws IOException {
    Files.createFile(folder.resolve("shop"));
    var run = doctor("--json");
    assertThat(run.exitCode()).isEqualTo(1);
    var json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("failed").asInt()).isPositive();
    assertThat(json.at("/checks/0/check").asText()).isEqualTo("Java of the client");
    assertThat(json.at("/checks/0/state").asText()).isEqualTo("ok");
    assertThat(json.at("/checks/0/advice").isNull()).isTrue();
  }

  @Test
  void wrongUseIsNoFinding() {
    var nowhere = CommandRun.of("doctor");
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.err()).startsWith("clickmill doctor: Missing warehouse: ");
    var noTime = doctor("--timeout=0s");
    assertThat(noTime.exitCode()).isEqualTo(2);
    assertThat(noTime.err())
        .isEqualTo(
            "clickmill doctor: Invalid value of --timeout: 0s (give checks some time to"
                + " answer)\n");
  }
}
