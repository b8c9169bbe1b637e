package org.clickmill.drivers.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsFileTest {
  @TempDir Path folder;

  private static Samples run(String command, long exitCode) {
    var samples = new Samples();
    samples.add(Metric.RUN_EXIT_CODE, exitCode, command);
    return samples;
  }

  @Test
  void valuesOfOtherCommandsStay() throws IOException {
    var file = folder.resolve("clickmill.prom");
    new MetricsFile(file).update("load", run("load", 3));
    var pipeline = run("pipeline", 0);
    pipeline.add(Metric.RUN_SUCCESS_TIMESTAMP_SECONDS, Instant.ofEpochMilli(1_500), "pipeline");
    pipeline.add(Metric.TABLE_NEWEST_ROWS, 7, "sales");
    pipeline.add(Metric.TABLE_NEWEST_ROWS, 8, "views");
    new MetricsFile(file).update("pipeline", pipeline);
    var failed = run("pipeline", 1);
    failed.add(Metric.TABLE_NEWEST_ROWS, 9, "sales");
    new MetricsFile(file).update("pipeline", failed);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # HELP clickmill_run_exit_code Exit code of the last run of a command; 0 is success.
            # TYPE clickmill_run_exit_code gauge
            clickmill_run_exit_code{command="load"} 3
            clickmill_run_exit_code{command="pipeline"} 1
            # HELP clickmill_run_success_timestamp_seconds When the last run of a command ended that succeeded.
            # TYPE clickmill_run_success_timestamp_seconds gauge
            clickmill_run_success_timestamp_seconds{command="pipeline"} 1.500
            # HELP clickmill_table_newest_rows Rows in the newest partition of a table.
            # TYPE clickmill_table_newest_rows gauge
            clickmill_table_newest_rows{table="sales"} 9
            """);
  }

  @Test
  void labelsAreEscaped() {
    var samples = new Samples();
    samples.add(Metric.LOAD_OFFSET, 5, "a\"b\\c\nd", 0);
    assertThat(samples.text())
        .endsWith("clickmill_load_offset{topic=\"a\\\"b\\\\c\\nd\",partition=\"0\"} 5\n");
  }

  @Test
  void fileOfOthersIsNotReplaced() throws IOException {
    var file = Files.writeString(folder.resolve("notes.txt"), "mine\n");
    assertThatThrownBy(() -> new MetricsFile(file).update("load", run("load", 0)))
        .isInstanceOf(IOException.class)
        .hasMessage("it holds something else than the metrics of Clickmill");
    assertThat(file).hasContent("mine");
  }

  @Test
  void missingFolderIsNamed() {
    var file = folder.resolve("none/clickmill.prom");
    assertThatThrownBy(() -> new MetricsFile(file).update("load", run("load", 0)))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no folder " + folder.resolve("none"));
  }
}
