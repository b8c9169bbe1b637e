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
 * @param settings that the times depend on, by name
 * @param freshness how old records were; empty if that was not asked
 */
record BenchmarkReport(
    long events,
    int days,
    int repeat,
    Map<String, String> versions,
    Map<String, String> settings,
    Machine machine,
    List<Result> results,
    List<FreshnessRun.Freshness> freshness) {

  void writeJson(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }

  String markdown() {
    var page = new StringBuilder();
    if (!results.isEmpty()) {
      appendIntroduction(page);
    }
    String table = null;
    for (var result : results) {
      if (!result.table().equals(table)) {
        table = result.table();
        append(page, "%n| Table %s | | wall s | CPU s | peak MiB | wall | CPU | peak |%n", table);
        append(page, "|---|---|---|---|---|---|---|---|%n");
      }
      appendRows(page, result);
    }
    append(page, "%n");
    appendFreshness(page);
    results.stream()
        .filter(result -> !result.steps().isEmpty())
        .forEach(result -> appendSteps(page, result));
    results.stream()
        .filter(result -> result.records() > 0)
        .forEach(result -> appendRates(page, result));
    versions.forEach((name, version) -> append(page, "%s %s, ", name, version));
    append(
        page,
        "Java %s; %s, %d cores, %.0f GiB, %s; load before %.1f.%n",
        machine.java(),
        machine.processor(),
        machine.cores(),
        machine.memoryGibibytes(),
        machine.system(),
        machine.loadBefore());
    settings.forEach((name, setting) -> append(page, "%s: %s. ", name, setting));
    return page.toString().strip() + "\n";
  }

  private void appendIntroduction(StringBuilder page) {
    append(
        page,
        "%,d events in %,d days; medians of %d rounds of whole processes, all sides in turn."
            + " Answers were equal. Ratios are of the medians, the first side's to that side's.%n",
        events,
        days,
        repeat);
  }

  /** Seconds from the timestamps of records until they were somewhere. */
  private void appendFreshness(StringBuilder page) {
    if (freshness.isEmpty()) {
      return;
    }
    append(page, "| Table FRESH | records | p50 s | p95 s | maximum s | cores of the loader |%n");
    append(page, "|---|---|---|---|---|---|%n");
    for (var place : freshness) {
      append(
          page,
          "| %s | %,d | %.1f | %.1f | %.1f | %.2f |%n",
          place.place(),
          place.records(),
          place.median(),
          place.p95(),
          place.maximum(),
          place.cpuShare());
    }
    append(page, "%n");
  }

  private static void appendRows(StringBuilder page, Result result) {
    for (var side : result.sides()) {
      var first = side.equals(result.sides().get(0));
      var median = side.median();
      append(
          page,
          "| %s | %s | %.2f | %.2f | %.0f |",
          first ? result.question() : "",
          side.side(),
          median.wallSeconds(),
          median.cpuSeconds(),
          median.peakMebibytes());
      if (first) {
        append(page, " | | |%n");
      } else {
        var ratio = side.ratio();
        append(
            page,
            " %.3f | %.3f | %.2f |%n",
            ratio.wallSeconds(),
            ratio.cpuSeconds(),
            ratio.peakMebibytes());
      }
    }
  }

  /** Where each side's wall went. */
  private static void appendSteps(StringBuilder page, Result result) {
    append(page, "%s%n%n| Steps of %s | | s | share |%n", result.note(), result.table());
    append(page, "|---|---|---|---|%n");
    for (int i = 0; i < result.steps().size(); i++) {
      var side = result.sides().get(i);
      var name = side.side();
      for (var step : result.steps().get(i)) {
        double share = 100 * step.seconds() / side.median().wallSeconds();
        append(page, "| %s | %s | %.2f | %.1f %% |%n", name, step.name(), step.seconds(), share);
        name = "";
      }
    }
    append(page, "%n");
  }

  /** What the walls come to in records a second. */
  private static void appendRates(StringBuilder page, Result result) {
    append(page, "Rates, %s %s:", result.table(), result.question());
    for (var side : result.sides()) {
      append(
          page,
          " %s %,.0f records a second",
          side.side(),
          result.records() / side.median().wallSeconds());
      if (side.equals(result.sides().get(0))) {
        append(page, ";");
      } else {
        append(page, ", of which the first side's are %.0f %%;", 100 / side.ratio().wallSeconds());
      }
    }
    page.setCharAt(page.length() - 1, '.');
    append(page, "%n%n");
  }

  private static void append(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values));
  }
}
