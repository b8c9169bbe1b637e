package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchmarkSmokeIT {
  @TempDir private Path folder;

  @Test
  void smallBenchmarkFindsEqualAnswersAndWritesItsResults() throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    int exitCode =
        Benchmark.run(
            "--events=20000",
            "--days=3",
            "--tables=a,b,import,streaming,compact,slots",
            "--questions=all",
            "--repeat=1",
            "--warm-ups=0",
            "--peers=" + (hasPython() ? "duckdb,spark,streaming" : "duckdb,spark"),
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
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
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("| Table A | |", "| all | Clickmill |", "|  | DuckDB |", "|  | Spark |");
  }

  @Test
  void everyFormOfFilesGivesTheSameDays() throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    int exitCode =
        Benchmark.run(
            "--events=20000",
            "--days=2",
            "--tables=import",
            "--forms=gzip,json,avro,parquet",
            "--repeat=1",
            "--warm-ups=0",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
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

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void pathFindsEqualTablesAndTellsEveryStep(int days) throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    int exitCode =
        Benchmark.run(
            "--events=20000",
            "--days=" + days,
            "--tables=path",
            "--peers=duckdb",
            "--repeat=1",
            "--warm-ups=0",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    var whole = results.get("results").get(0);
    var rest = results.get("results").get(1);
    assertThat(whole.get("question").asText()).isEqualTo("files to report");
    assertThat(whole.findValuesAsText("side")).containsExactly("Clickmill", "DuckDB");
    assertThat(whole.get("rowsCompared").asLong()).isPositive();
    assertThat(rest.get("question").asText()).isEqualTo("without import");
    for (int side = 0; side < 2; side++) {
      double wall = wallOf(whole, side);
      double importing = whole.get("steps").get(side).get(0).get("seconds").asDouble();
      assertThat(wallOf(rest, side)).isCloseTo(wall - importing, within(1e-6));
      var steps = whole.get("steps").get(side).findValues("seconds");
      assertThat(steps.stream().mapToDouble(JsonNode::asDouble).sum())
          .isCloseTo(wall, within(1e-6));
    }
    assertThat(whole.get("steps").get(0).findValuesAsText("name"))
        .startsWith("import", "compact")
        .contains("analyze", "trending", "clv", "report");
    assertThat(whole.get("steps").get(1).findValuesAsText("name"))
        .startsWith("events", "views")
        .contains("trending", "clv", PathTime.REST);
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("| Table path | |", "| Clickmill | import |", "| DuckDB | events |")
        .contains("SQL leaves out the sketches of visitors");
  }

  @Test
  void metricsAreScannedBesideTheDefaultTables() throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    int exitCode =
        Benchmark.run(
            "--events=20000",
            "--days=2",
            "--tables=metrics",
            "--repeat=1",
            "--warm-ups=0",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    var result = results.get("results").get(0);
    assertThat(result.findValuesAsText("side")).containsExactly("with 10 metrics", "without");
    for (var steps : result.get("steps")) {
      assertThat(steps.findValuesAsText("name")).contains("analyze", "clv", PathTime.REST);
    }
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains("| Table metrics | |", "| days to tables | with 10 metrics |")
        .containsPattern("they cost -?[0-9]+ % of its time\\.");
  }

  private static double wallOf(JsonNode result, int side) {
    return result.get("sides").get(side).get("median").get("wallSeconds").asDouble();
  }

  @Test
  void loaderFindsWhatABareConsumerFinds() throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    int exitCode =
        Benchmark.run(
            "--events=20000",
            "--days=1",
            "--tables=load",
            "--peers=consumer",
            "--topic-compression=uncompressed",
            "--repeat=1",
            "--warm-ups=0",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    var catchUp = results.get("results").get(0);
    assertThat(catchUp.findValuesAsText("side")).containsExactly("Clickmill", "bare consumer");
    // Four partitions, and all of them.
    assertThat(catchUp.get("rowsCompared").asInt()).isEqualTo(5);
    assertThat(catchUp.get("records").asLong()).isEqualTo(20_000);
    assertThat(results.get("results").get(1).get("question").asText()).isEqualTo("nothing new");
    assertThat(Files.readString(folder.resolve("results.md")))
        .contains(
            "| Table load | |",
            "| catch up, uncompressed topic | Clickmill |",
            "|  | bare consumer |")
        .containsPattern(
            "Rates, load catch up, uncompressed topic: Clickmill [0-9,]+ records a second; bare consumer [0-9,]+ records"
                + " a second, of which the first side's are [0-9]+ %\\.");
  }

  @Test
  void everyPurchaseIsFoundInTheLiveTableAndInItsTopic() throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    int exitCode =
        Benchmark.run(
            "--tables=fresh",
            "--seconds=3",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder);

    assertThat(exitCode).isZero();
    var results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    assertThat(results.get("freshness").findValuesAsText("place"))
        .containsExactly("live_sales", "the topic");
    for (var place : results.get("freshness")) {
      assertThat(place.get("records").asLong()).isEqualTo(3_000);
      assertThat(place.get("median").asDouble()).isBetween(0.0, place.get("p95").asDouble());
    }
    assertThat(Files.readString(folder.resolve("results.md")))
        .startsWith("| Table FRESH | records | p50 s |");
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
}
