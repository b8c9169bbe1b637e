package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes files of made-up events. */
@Command(
    name = "generate",
    description = {
      "Writes files of made-up events of a shop, to try things out and to test with.",
      "Equal options give equal events."
    },
    footer = {
      "",
      "Example:",
      "  clickmill generate --output raw --events 1000000 --days 30 --from 2019-10-01"
    })
final class GenerateCommand extends BaseCommand {
  /** How the events are divided into files. */
  enum Files {
    HOUR(FilePer.HOUR),
    DAY(FilePer.DAY),
    ONE(FilePer.ALL);

    private final FilePer filePer;

    Files(FilePer filePer) {
      this.filePer = filePer;
    }
  }

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "The folder for the files; made if missing.")
  private String output;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events (default: ${DEFAULT-VALUE}).")
  private long events = 1_000_000;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days they are spread over (default: ${DEFAULT-VALUE}).")
  private int days = 30;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "The first day, UTC (default: ${DEFAULT-VALUE}).")
  private LocalDate from = LocalDate.of(2019, 10, 1);

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another seed gives another shop (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of csv, json, avro, parquet (default: csv).")
  private FileFormat format = FileFormat.CSV;

  @Option(
      names = "--files",
      paramLabel = "hour|day|one",
      description = "A file an hour, a file a day, or one file (default: day).")
  private Files files = Files.DAY;

  @Option(names = "--gzip", description = "Compress csv or json.")
  private boolean gzip;

  /** What was written. */
  record Result(
      String output, long events, LocalDate from, LocalDate to, long seed, FileFormat format) {}

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  boolean knowsTables() {
    return false;
  }

  @Override
  boolean usesWarehouse() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    var generate = new GenerateFiles(context.configuration(), format, files.filePer, gzip);
    var options = new GeneratorOptions(seed, events, from, days);
    long written;
    try (var progress = context.console().progress("events", events)) {
      written = generate.run(options, new Path(output), progress::reached);
    }
    var place = context.told(output);
    var result = new Result(place, written, from, from.plusDays(days - 1L), seed, format);
    context
        .console()
        .result(
            result,
            () ->
                String.format(
                    Locale.ROOT,
                    "Wrote %,d events from %s to %s into %s.",
                    result.events(),
                    result.from(),
                    result.to(),
                    result.output()));
  }
}
