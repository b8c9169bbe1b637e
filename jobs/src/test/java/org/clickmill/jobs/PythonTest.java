package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.streaming.StreamJob;
import org.apache.hadoop.util.ToolRunner;
import org.clickmill.formats.read.streaming.EventTextInputFormat;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.views.ViewCounts;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What people do with events and tables in Python. */
@TestInstance(Lifecycle.PER_CLASS)
final class PythonTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "tables.py");
  private static final Pattern QUERY =
      Pattern.compile("db\\.sql\\(\"\"\"(.*?)\"\"\"", Pattern.DOTALL);
  private static final Pattern TABLES = Pattern.compile("for table in \\((.*?)\\):");

  private Path folder;
  private LocalWarehouse local;

  @BeforeAll
  void makeTables(@TempDir Path temporary) throws IOException, InterruptedException {
    folder = temporary;
    var raw = folder.resolve("raw");
    new GenerateFiles(new Configuration(), FileFormat.CSV, FilePer.DAY, false)
        .run(
            new GeneratorOptions(3, 8_000, DAY, 1),
            new org.apache.hadoop.fs.Path(raw.toString()),
            written -> {});
    local = new LocalWarehouse(folder);
    local.importFiles(raw, "clickmill");
    local.compactAndAnalyze();
  }

  @Test
  void scriptsForHadoopStreamingCountViewsAsTheTableDoes() throws Exception {
    var shared = Path.of(System.getProperty("clickmill.shared", "../shared"));
    var scripts = shared.resolve("data/streaming").toAbsolutePath().normalize();
    assumeThat(scripts).exists();
    assumeThat(hasPython()).as("Missing python3").isTrue();
    int exitCode =
        ToolRunner.run(
            new Configuration(),
            new StreamJob(),
            new String[] {
              "-D",
              "mapreduce.framework.name=local",
              "-D",
              "mapreduce.client.completion.pollinterval=20",
              "-D",
              "mapreduce.client.progressmonitor.pollinterval=20",
              "-D",
              "mapreduce.cluster.local.dir=" + folder.resolve("local"),
              "-inputformat",
              EventTextInputFormat.class.getName(),
              "-input",
              local
                  .warehouse()
                  .pathOf(Partition.ofDay(Datasets.EVENTS_DAILY, DAY))
                  .toUri()
                  .getPath(),
              "-output",
              folder.resolve("out").toString(),
              "-mapper",
              "python3 " + scripts.resolve("mapper.py"),
              "-reducer",
              "python3 " + scripts.resolve("reducer.py")
            });
    assertThat(exitCode).isZero();
    Map<String, Long> counted = new TreeMap<>();
    for (var line : Files.readAllLines(folder.resolve("out/part-00000"))) {
      var parts = line.split("\t");
      assertThat(counted.put(parts[0], Long.valueOf(parts[1]))).isNull();
    }
    Map<String, Long> expected = new TreeMap<>();
    try (var duck = new DuckDb()) {
      var views = "SELECT product_id, views FROM read_parquet('%s')";
      for (var row : duck.rows(views.formatted(local.glob(ViewCounts.DAILY)))) {
        expected.put(row.get(0), Long.valueOf(row.get(1)));
      }
    }
    assertThat(counted).isEqualTo(expected).hasSizeGreaterThan(100);
  }

  @Test
  void queriesOfTheExampleHaveAnswers() throws Exception {
    var script = Files.readString(EXAMPLE);
    var tables = TABLES.matcher(script);
    assertThat(tables.find()).isTrue();
    try (var duck = new DuckDb()) {
      for (var name : tables.group(1).replaceAll("[\" ]", "").split(",")) {
        duck.execute(
            "CREATE VIEW %s AS SELECT * FROM read_parquet('%s', hive_partitioning = true)"
                .formatted(name, local.glob(name)));
      }
      int queries = 0;
      for (var query = QUERY.matcher(script); query.find(); queries++) {
        assertThat(duck.rows(query.group(1))).as(query.group(1)).isNotEmpty();
      }
      assertThat(queries).isEqualTo(3);
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      var process = new ProcessBuilder("python3", "-c", "").start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
