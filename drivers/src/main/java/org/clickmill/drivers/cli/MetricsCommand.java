package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.metrics.MetricAnalysis;
import org.clickmill.jobs.metrics.MetricFiles;
import org.clickmill.jobs.metrics.MetricSettings;
import org.clickmill.jobs.metrics.MetricText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, checks and tries metrics, and tells what they are in SQL. */
@Command(
    name = "metrics",
    description = {
      "Looks at metrics: tables that are declared in YAML files, which clickmill.metrics names.",
      "'list' lists them. 'check' checks them, or some files. 'sql' prints one, by its name or"
          + " file, as DuckDB's SQL over the published tables. 'try' computes a file's metric for a"
          + " day, prints its rows and publishes nothing.",
      "Tables of metrics are made by pipeline and, where they are of events or order lines,"
          + " analyze."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill metrics check metrics/returns_by_brand.yaml",
      "  clickmill metrics try metrics/returns_by_brand.yaml --day 2019-10-01 \\",
      "      --warehouse shop",
      "  clickmill metrics sql returns_by_brand -D clickmill.metrics=metrics \\",
      "      --warehouse shop"
    })
final class MetricsCommand extends BaseCommand {
  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      description = "What to do: list, check, sql or try.")
  private Action action;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "METRIC",
      description =
          "Files, or folders of them, for check (default: those of the settings), a name or file"
              + " for sql, a file for try.")
  private List<String> subjects = List.of();

  @Option(
      names = "--day",
      paramLabel = "DAY",
      description = "With try: the day, or a day of the week or month.")
  private LocalDate day;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "With try: the number of rows to print; 0 prints all (default: ${DEFAULT-VALUE}).")
  private long limit = 20;

  private enum Action {
    LIST,
    CHECK,
    SQL,
    TRY
  }

  /**
   * A metric.
   *
   * @param from what its rows are: events, order_lines or a table
   */
  record Line(String metric, String from, String file, String description) {
    static Line of(MetricAnalysis metric) {
      return new Line(
          metric.name(), metric.from(), metric.origin(), metric.table().description().text());
    }
  }

  /** A metric in SQL. */
  record Query(String metric, String sql) {}

  @Override
  protected void run(CommandContext context) throws Exception {
    if (action != Action.TRY) {
      refuse(
          List.of("--day", "--limit"),
          action.name().toLowerCase(Locale.ROOT) + " computes nothing");
    }
    switch (action) {
      case LIST -> {
        requireSubjects(0, "list takes no metric");
        list(context, Suite.metrics(context.configuration()));
      }
      case CHECK -> check(context);
      case SQL -> {
        requireSubjects(1, "sql takes the name or the file of a metric");
        printSql(context);
      }
      case TRY -> {
        requireSubjects(1, "try takes the file of a metric");
        tryMetric(context);
      }
    }
  }

  private void requireSubjects(int number, String problem) {
    if (subjects.size() != number) {
      throw ClickmillException.usage("Invalid parameters of metrics: %s", problem);
    }
  }

  private static void list(CommandContext context, List<MetricAnalysis> metrics) {
    var lines = metrics.stream().map(Line::of).toList();
    context.console().result(lines, () -> text(lines));
  }

  private static String text(List<Line> lines) {
    if (lines.isEmpty()) {
      return "No metrics: the setting " + MetricSettings.METRICS + " names none.";
    }
    return lines.stream()
        .map(
            line ->
                String.format(
                    Locale.ROOT,
                    "%-32s from %-16s %s%n  %s",
                    line.metric(),
                    line.from(),
                    line.file(),
                    line.description()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private void check(CommandContext context) {
    var checked =
        subjects.isEmpty()
            ? Suite.metrics(context.configuration())
            : ofFiles(subjects, context.configuration());
    var lines = checked.stream().map(Line::of).toList();
    context
        .console()
        .result(
            lines,
            () ->
                lines.isEmpty()
                    ? text(lines)
                    : lines.stream()
                        .map(line -> line.metric() + ": valid (" + line.file() + ")")
                        .collect(Collectors.joining(System.lineSeparator())));
  }

  /**
   * The metrics of some files, which may be made from those of the settings, and take the place of
   * those with the same name.
   */
  private static List<MetricAnalysis> ofFiles(List<String> files, Configuration configuration) {
    var asked =
        files.stream().flatMap(file -> MetricFiles.read(file, configuration).stream()).toList();
    if (asked.isEmpty()) {
      throw ClickmillException.usage(
          "Missing metric: no file of %s ends with .yaml or .yml", String.join(", ", files));
    }
    var names = asked.stream().map(MetricText::name).toList();
    var all = new ArrayList<>(asked);
    MetricFiles.of(configuration).stream()
        .filter(text -> !names.contains(text.name()))
        .forEach(all::add);
    return Suite.metrics(all, configuration).stream()
        .filter(metric -> names.contains(metric.name()))
        .toList();
  }

  private static MetricAnalysis ofFile(String file, Configuration configuration) {
    var metrics = ofFiles(List.of(file), configuration);
    if (metrics.size() > 1) {
      throw ClickmillException.usage(
          "Invalid metric: %s is a folder of %d: name one of its files", file, metrics.size());
    }
    return metrics.get(0);
  }

  private void printSql(CommandContext context) {
    var metric = named(subjects.get(0), context.configuration());
    var root = DriverSettings.WAREHOUSE.get(context.configuration());
    var folder = root == null || root.isEmpty() ? "" : root.replaceAll("/+$", "") + "/";
    var query = new Query(metric.name(), metric.sql(dataset -> folder + dataset + "/**/*.parquet"));
    context.console().result(query, query::sql);
  }

  private static MetricAnalysis named(String nameOrFile, Configuration configuration) {
    var metrics = Suite.metrics(configuration);
    var found = metrics.stream().filter(metric -> metric.name().equals(nameOrFile)).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    boolean isFile = nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml");
    if (isFile) {
      return ofFile(nameOrFile, configuration);
    }
    var names = metrics.stream().map(MetricAnalysis::name).toList();
    throw names.isEmpty()
        ? ClickmillException.usage(
            "Cannot find metric '%s': the setting %s names none",
            nameOrFile, MetricSettings.METRICS)
        : ClickmillException.usage(
            "Cannot find metric '%s'.%s Metrics: %s",
            nameOrFile, Nearest.question(nameOrFile, names, ""), String.join(", ", names));
  }

  private void tryMetric(CommandContext context) throws IOException, InterruptedException {
    if (day == null) {
      throw ClickmillException.usage("Missing option: --day DAY, the day to try the metric on");
    }
    if (limit < 0) {
      throw ClickmillException.usage("Invalid value of --limit: %d (expected 0 or more)", limit);
    }
    var metric = ofFile(subjects.get(0), context.configuration());
    new MetricTrial(context, metric, !given(List.of("--json")).isEmpty())
        .run(day, limit == 0 ? Long.MAX_VALUE : limit);
  }
}
