package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "--repeat=1",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    assertThat(results.findValuesAsText("question")).containsExactly("view-counts", "sales");
    for (var result : results.get("results")) {
      assertThat(result.get("rowsCompared").asLong()).isPositive();
      for (var side : new String[] {"clickmill", "duckDb", "ratio"}) {
        assertThat(result.get(side).get("wallSeconds").asDouble()).isPositive();
        assertThat(result.get(side).get("cpuSeconds").asDouble()).isPositive();
        assertThat(result.get(side).get("peakMebibytes").asDouble()).isPositive();
      }
    }
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("| view-counts | Clickmill |", "|  | DuckDB |", "|  | ratio |");
  }
}
