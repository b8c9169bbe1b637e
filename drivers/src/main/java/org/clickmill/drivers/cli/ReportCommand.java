package org.clickmill.drivers.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.observe.LineageDataset;
import org.clickmill.drivers.observe.ObservedStep;
import org.clickmill.drivers.report.CsvTables;
import org.clickmill.drivers.report.Report;
import org.clickmill.drivers.report.ReportPage;
import org.clickmill.drivers.report.ReportReader;
import org.clickmill.formats.failure.ClickmillException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the report. */
@Command(
    name = "report",
    description = {
      "Writes one HTML page to explore: ranges of days compared with the days before, charts,"
          + " tables to sort, filter and drill into. It loads nothing from the network.",
      "The page, and report.json, which it draws, are described in docs/report.md."
    },
    footer = {
      "",
      "Example:",
      "  clickmill report --warehouse shop --from 2019-10-01 --to 2019-10-31 \\",
      "      --output october.html"
    })
final class ReportCommand extends BaseCommand {
  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "The first day (default: the first with sales, or else with any table).")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "The last day (default: the last with sales, or else with any table).")
  private LocalDate to;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page, replaced if it exists (default: ${DEFAULT-VALUE}).")
  private String output = "report.html";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Write what the page draws into this file too, as JSON (docs/report.md).")
  private String data;

  @Option(
      names = "--csv",
      paramLabel = "FOLDER",
      description = "Write the tables of the page into this folder too, as CSV files.")
  private String csv;

  /** What was written. */
  record Result(String report, String data, List<String> csv, LocalDate from, LocalDate to) {}

  /**
   * Writes the page about a range of days, null for all that there are.
   *
   * @param step is told of what is read and written
   */
  static Report write(
      CommandContext context, LocalDate from, LocalDate to, Path page, ObservedStep step)
      throws IOException {
    var reader = new ReportReader(context.warehouse(), Clock.systemUTC());
    var report = reader.read(from, to);
    write(context, page, new ReportPage(report).html());
    if (step.isTracked()) {
      step.inputTables(reader.tablesOf(report), report.first(), report.to());
      step.output(written(context, page));
    }
    return report;
  }

  private static LineageDataset written(CommandContext context, Path file) throws IOException {
    var fileSystem = file.getFileSystem(context.configuration());
    return LineageDataset.of(fileSystem.makeQualified(file))
        .writtenFile(fileSystem.getFileStatus(file).getLen());
  }

  private static void write(CommandContext context, Path file, String text) throws IOException {
    try (var out =
        new BufferedWriter(
            new OutputStreamWriter(
                file.getFileSystem(context.configuration()).create(file, true),
                StandardCharsets.UTF_8))) {
      out.write(text);
    }
  }

  @Override
  String observedAs() {
    return name();
  }

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    if (from != null && to != null && from.isAfter(to)) {
      throw ClickmillException.usage("Invalid range: --from %s is after --to %s", from, to);
    }
    // The run begins with the warehouse.
    context.warehouse();
    var run = context.observed().main();
    var report = write(context, from, to, new Path(output), run);
    if (data != null) {
      write(context, new Path(data), new ReportPage(report).json());
      run.output(written(context, new Path(data)));
    }
    List<String> tables = List.of();
    if (csv != null) {
      var folder = new Path(csv);
      tables =
          new CsvTables(folder.getFileSystem(context.configuration()), folder)
              .write(report).stream().map(Path::toString).toList();
    }
    var page = context.told(output);
    var figures = data == null ? null : context.told(data);
    var result = new Result(page, figures, tables, report.from(), report.to());
    context
        .console()
        .result(
            result,
            () ->
                "Wrote "
                    + page
                    + " about "
                    + result.from()
                    + " to "
                    + result.to()
                    + (csv == null
                        ? "."
                        : ", and " + result.csv().size() + " tables into " + csv + "."));
  }
}
