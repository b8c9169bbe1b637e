package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsCommandTest {
  private static final String YAML =
      """
      name: prices
      description: Prices of a brand.
      from: events
      by: {brand: brand}
      measures: {highest: max(price)}
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeMetric() throws IOException {
    file = folder.resolve("prices.yaml");
    Files.writeString(file, YAML);
  }

  @Test
  void checkNamesEachValidMetric() {
    var run = CommandRun.of("metrics", "check", file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("prices: valid (" + file + ")\n");
  }

  @Test
  void foldersAreCheckedFileByFile() throws IOException {
    var other = folder.resolve("other.yml");
    Files.writeString(other, YAML.replace("name: prices", "name: other"));
    var run = CommandRun.of("metrics", "check", folder.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualToIgnoringNewLines("other: valid (" + other + ")\nprices: valid (" + file + ")\n");
    assertThat(CommandRun.of("metrics", "try", folder.toString(), "--day", "2019-10-01").err())
        .contains("Invalid metric: " + folder + " is a folder of 2: name one of its files");
  }

  @Test
  void fileTakesThePlaceOfTheMetricOfItsName() throws IOException {
    var edited = folder.resolve("edited.txt");
    Files.writeString(edited, YAML.replace("highest: max(price)", "lowest: min(price)"));
    var setting = "clickmill.metrics=" + file;
    var run = CommandRun.of("metrics", "check", edited.toString(), "-D", setting);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("prices: valid (" + edited + ")\n");
  }

  @Test
  void checkSaysWhereSomethingIsWrong() throws IOException {
    Files.writeString(file, YAML.replace("max(price)", "max(prize)"));
    var run = CommandRun.of("metrics", "check", file.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("Invalid metric " + file + ", line 5, column 25: unknown column 'prize'");
  }

  @Test
  void examplesAreValid() {
    var run = CommandRun.of("metrics", "check", "-D", "clickmill.metrics=../docs/examples/metrics");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("returns_by_brand: valid", "sessions_by_length: valid");
  }

  @Test
  void listAndTablesAndDescribeKnowTheMetricsOfTheSettings() {
    var setting = "clickmill.metrics=" + folder;
    assertThat(CommandRun.of("metrics", "list", "-D", setting).out())
        .contains("prices", "from events", "Prices of a brand.");
    assertThat(CommandRun.of("tables", "-D", setting).out()).contains("Prices of a brand.");
    assertThat(CommandRun.of("describe", "prices", "-D", setting).out())
        .contains("events_daily of the same day", "analyze, pipeline", "max(price).");
  }

  @Test
  void sqlOfAMetricIsPrinted() {
    var setting = "clickmill.metrics=" + folder;
    var run = CommandRun.of("metrics", "sql", "prices", "-D", setting);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("read_parquet('events_daily/**/*.parquet'", "max(s.\"price\") AS \"highest\"");
    assertThat(CommandRun.of("metrics", "sql", "price", "-D", setting).err())
        .contains("Cannot find metric 'price'. Did you mean prices? Metrics: prices");
  }

  @Test
  void commandsThatKnowNoTablesReadNoMetrics() {
    var output = folder.resolve("events").toString();
    var setting = "clickmill.metrics=nowhere";
    for (var run :
        List.of(
            CommandRun.of("config", "-D", setting),
            CommandRun.of("generate", "--output", output, "--events", "10", "-D", setting))) {
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(CommandRun.of("metrics", "try", file.toString()).err())
        .contains("Missing option: --day DAY");
    assertThat(CommandRun.of("metrics", "sql").err())
        .contains("Invalid parameters of metrics: sql takes the name or the file of a metric");
    assertThat(CommandRun.of("metrics", "list", "--day", "2019-10-01").err())
        .contains("Invalid options: list computes nothing: leave out --day");
    assertThat(CommandRun.of("metrics", "list", "-D", "clickmill.metrics=nowhere").err())
        .contains("Missing metric: nowhere (neither a file nor a folder; see clickmill.metrics)");
  }
}
