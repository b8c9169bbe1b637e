package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchmarkSmokeIT {
  @TempDir private Path folder;

  @Test
  void smallBenchmarkFindsEqualAnswersAndWritesItsResults() throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    int exitCode =
        Benchmark.run(
            "--events=20000",
            "--days=3",
            "--questions=all",
            "--repeat=1",
            "--warm-ups=0",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    assertThat(results.findValuesAsText("table")).containsExactly("A", "B");
    for (var result : results.get("results")) {
      assertThat(result.get("rowsCompared").asLong()).isPositive();
      assertThat(result.findValuesAsText("side")).containsExactly("Clickmill", "DuckDB", "Spark");
      for (var figure : List.of("wallSeconds", "cpuSeconds", "peakMebibytes")) {
        assertThat(result.findValues(figure)).hasSize(9).allMatch(value -> value.asDouble() > 0);
      }
    }
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("| Table A | |", "| all | Clickmill |", "|  | DuckDB |", "|  | Spark |");
  }

  @Test
  void unknownQuestionIsAnError() {
    assertThat(Benchmark.run("--questions=weather", "--output=" + folder)).isEqualTo(1);
  }
}
