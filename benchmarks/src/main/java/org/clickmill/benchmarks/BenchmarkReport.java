package org.clickmill.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that a benchmark found.
 *
 * @param versions of what took part, by name
 */
record BenchmarkReport(
    long events,
    int days,
    int repeat,
    Map<String, String> versions,
    Machine machine,
    List<Result> results) {

  /**
   * The times of one question.
   *
   * @param rowsCompared of the answers, all equal
   * @param clickmill the medians
   * @param duckDb the medians
   * @param ratio of the medians, Clickmill to DuckDB
   */
  record Result(
      String question,
      long rowsCompared,
      Measurement clickmill,
      Measurement duckDb,
      Measurement ratio,
      List<Measurement> clickmillRuns,
      List<Measurement> duckDbRuns) {

    static Result of(
        String question,
        long rowsCompared,
        List<Measurement> clickmillRuns,
        List<Measurement> duckDbRuns) {
      var clickmill = Measurement.medians(clickmillRuns);
      var duckDb = Measurement.medians(duckDbRuns);
      return new Result(
          question,
          rowsCompared,
          clickmill,
          duckDb,
          clickmill.relativeTo(duckDb),
          List.copyOf(clickmillRuns),
          List.copyOf(duckDbRuns));
    }
  }

  void writeJson(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }

  String markdown() {
    var page = new StringBuilder();
    page.append(
        String.format(
            Locale.ROOT,
            "%,d events in %,d days, daily Parquet files; medians of %d paired runs of whole"
                + " processes. Answers were equal.%n%n",
            events,
            days,
            repeat));
    page.append("| question | | wall s | CPU s | peak MiB |\n|---|---|---|---|---|\n");
    for (var result : results) {
      appendRow(page, result.question(), "Clickmill", result.clickmill(), "%.2f", "%.0f");
      appendRow(page, "", "DuckDB", result.duckDb(), "%.2f", "%.0f");
      appendRow(page, "", "ratio", result.ratio(), "%.2f", "%.2f");
    }
    page.append('\n');
    versions.forEach((name, version) -> page.append(name + " " + version + ", "));
    page.append(
        String.format(
            Locale.ROOT,
            "Java %s; %s, %d cores, %.0f GiB, %s; load before %.1f.%n",
            machine.java(),
            machine.processor(),
            machine.cores(),
            machine.memoryGibibytes(),
            machine.system(),
            machine.loadBefore()));
    return page.toString();
  }

  private static void appendRow(
      StringBuilder page,
      String question,
      String side,
      Measurement measurement,
      String seconds,
      String memory) {
    page.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | " + seconds + " | " + seconds + " | " + memory + " |%n",
            question,
            side,
            measurement.wallSeconds(),
            measurement.cpuSeconds(),
            measurement.peakMebibytes()));
  }
}
