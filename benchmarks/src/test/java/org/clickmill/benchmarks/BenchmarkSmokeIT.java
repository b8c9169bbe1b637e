package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions and imports beside the peers, of few events. */
final class BenchmarkSmokeIT {
  @TempDir private Path folder;

  @Test
  void smallBenchmarkFindsEqualAnswersAndWritesItsResults() throws IOException {
    var results =
        benchmark()
            .results(
                "--days=3",
                "--tables=a,b,import,streaming,compact,slots",
                "--questions=all",
                "--peers=" + (hasPython() ? "duckdb,spark,streaming" : "duckdb,spark"));
    var sides = new TreeMap<String, List<String>>();
    for (var result : results.get("results")) {
      var row = result.get("table").asText() + " " + result.get("question").asText();
      sides.put(row, result.findValuesAsText("side"));
      assertThat(result.get("rowsCompared").asLong() > 0).isEqualTo(!row.startsWith("slots"));
      for (var figure : List.of("wallSeconds", "cpuSeconds", "peakMebibytes")) {
        assertThat(result.findValues(figure)).allMatch(value -> value.asDouble() > 0);
      }
    }
    assertThat(sides)
        .containsEntry("A all", List.of("Clickmill", "DuckDB", "Spark"))
        .containsEntry("B all", List.of("Clickmill", "DuckDB", "Spark"))
        .containsEntry("compact 3 days of hours", List.of("Clickmill", "Spark"))
        .hasEntrySatisfying(
            "import CSV to days",
            names -> assertThat(names).startsWith("Clickmill").endsWith("DuckDB"))
        .containsKeys("slots A all", "slots B all");
    if (hasPython()) {
      assertThat(sides)
          .containsEntry("streaming views, 1 of 3 days", List.of("Clickmill", "Hadoop Streaming"));
    }
    assertThat(benchmark().text())
        .contains("| Table A | |", "| all | Clickmill |", "|  | DuckDB |", "|  | Spark |");
  }

  @Test
  void everyFormOfFilesGivesTheSameDays() throws IOException {
    var results =
        benchmark().results("--days=2", "--tables=import", "--forms=gzip,json,avro,parquet");
    var sides = new TreeMap<String, List<String>>();
    for (var result : results.get("results")) {
      sides.put(result.get("question").asText(), result.findValuesAsText("side"));
      assertThat(result.get("rowsCompared").asLong()).isEqualTo(2);
    }
    assertThat(sides)
        .containsOnly(
            Map.entry("gzip to days", List.of("Clickmill", "DuckDB")),
            Map.entry("JSON lines to days", List.of("Clickmill", "DuckDB")),
            Map.entry("Avro to days", List.of("Clickmill", "DuckDB of CSV")),
            Map.entry("Parquet to days", List.of("Clickmill", "DuckDB")));
  }

  @Test
  void unknownNamesAreErrors() {
    assertThat(Benchmark.run("--questions=weather", "--output=" + folder)).isEqualTo(1);
    assertThat(Benchmark.run("--tables=C", "--output=" + folder)).isEqualTo(2);
    assertThat(Benchmark.run("--forms=xml", "--output=" + folder)).isEqualTo(2);
  }

  private static boolean hasPython() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "python3")));
  }

  private SmallBenchmark benchmark() {
    return new SmallBenchmark(folder);
  }
}
