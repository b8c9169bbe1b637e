package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.observe.LineageDataset;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.privacy.Door;
import org.clickmill.formats.privacy.DoorKeys;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.ImportJob;
import org.clickmill.jobs.ingest.ImportJob.Options;
import org.clickmill.jobs.ingest.ImportJob.Outcome;
import org.clickmill.jobs.ingest.ImportPreview;
import org.clickmill.jobs.ingest.SourceFile;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.Loader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings files of events into the warehouse. */
@Command(
    name = "import",
    description = {
      "Imports event files (CSV, white-space separated text, JSON, Avro, Parquet; text may be packed"
          + " as gz, bz2, xz, zst or zip) into the hours of the dataset events.",
      "A mapping says which column or path feeds which field. A file that is in the"
          + " warehouse already is skipped; malformed records go to the dataset rejects."
          + " A mapping may leave records out ('where') and make several events of one ('items[]').",
      "Events of users and visitors that were forgotten are dropped, and ids are hashed where a"
          + " key is set (docs/privacy.md).",
      "'--preview' shows first how the records would be read, and what would be rejected and why."
          + " 'clickmill mapping FILE' prints a mapping to begin with."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill import --warehouse shop --mapping rees46 --input 2019-Oct.csv.gz",
      "  clickmill import --preview 20 --mapping my-shop.yaml --input exports/",
      "  clickmill import --warehouse shop --mapping ga4 --input events_20260105.json",
      "",
      "Mappings that ship: rees46, rees46-offset, rees46-no-header, rees46-orders,",
      "retailrocket, online-retail, cdnow, ga4, segment, snowplow, clickmill (files in",
      "the Event schema)."
    })
final class ImportCommand extends BaseCommand {
  private static final int MOST_PREVIEWED = 100_000;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "A file, or a folder: all event files below it.")
  private String input;

  @Option(
      names = "--mapping",
      required = true,
      paramLabel = "NAME|FILE",
      description = "Name of a mapping that ships, or a mapping file (YAML).")
  private String mapping;

  @Option(
      names = "--source-name",
      paramLabel = "NAME",
      description =
          "Begins the identity of the input's files (default: the folder's or the file's name).")
  private String sourceName;

  @Option(
      names = "--replace",
      description =
          "Put a file that has changed since it was imported in the place of its old rows.")
  private boolean replace;

  @Option(
      names = "--no-fill",
      negatable = false,
      description = "Leave hours without events open, instead of sealing them empty.")
  private boolean noFill;

  @Option(
      names = "--skip-corrupt-files",
      description = "Skip files that cannot be read to their end, and list them.")
  private boolean skipCorruptFiles;

  @Option(names = "--dry-run", description = "Print which files would be imported; import nothing.")
  private boolean dryRun;

  @Option(
      names = "--preview",
      arity = "0..1",
      fallbackValue = "20",
      paramLabel = "RECORDS",
      description =
          "Print how the first 20 (or N) records would be read, and import nothing. Needs no"
              + " warehouse and no cluster. Exit code 0, also with rejects; 2 where there is no"
              + " record or the mapping does not fit; 1 where a file is damaged.")
  private Integer preview;

  @Override
  String observedAs() {
    return dryRun || preview != null ? null : name();
  }

  @Override
  boolean knowsTables() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    var options = new Options(mapping, sourceName, replace, !noFill, skipCorruptFiles);
    if (preview != null) {
      preview(context, options);
      return;
    }
    if (dryRun) {
      var found = ImportJob.list(context.configuration(), options, new Path(input));
      found.warnings().forEach(context.console()::warn);
      var files = found.files().stream().map(SourceFile::path).toList();
      context
          .console()
          .result(files, () -> String.join(System.lineSeparator(), files) + "\nNothing was run.");
      return;
    }
    long begin = System.nanoTime();
    context.observed().states(StateMetrics::add);
    var outcome = runImport(context, options, new Path(input));
    context.observed().done(step(outcome, begin));
    context.console().result(outcome, () -> text(outcome));
  }

  private void preview(CommandContext context, Options options) throws IOException {
    refuse(List.of("--replace", "--no-fill", "--dry-run"), "--preview imports nothing");
    if (preview < 1 || preview > MOST_PREVIEWED) {
      throw ClickmillException.usage(
          "Invalid number of records to preview: %d (expected 1 to %d)", preview, MOST_PREVIEWED);
    }
    var read =
        new ImportPreview(context.configuration(), options, Instant.now(), door(context))
            .of(new Path(input), preview);
    read.warnings().forEach(context.console()::warn);
    context.console().result(read, () -> PreviewText.of(read));
  }

  /** The door of the warehouse, if one is named that exists; null for none. */
  private static Door door(CommandContext context) throws IOException {
    var configuration = context.configuration();
    var named = DriverSettings.WAREHOUSE.get(configuration);
    if (named == null || named.isEmpty()) {
      return null;
    }
    var root = context.warehousePath();
    if (!root.getFileSystem(configuration).exists(root)) {
      return null;
    }
    var warehouse = Warehouse.open(root, configuration);
    return DoorKeys.find(warehouse).open(warehouse);
  }

  /** Imports into the context's warehouse, which is created if it is missing. */
  static Outcome runImport(CommandContext context, Options options, Path input)
      throws IOException, InterruptedException {
    // Files are looked for first, so that a wrong path leaves no empty warehouse behind.
    ImportJob.list(context.configuration(), options, input);
    var warehouse =
        context
            .observed()
            .watch(Warehouse.openOrCreate(context.warehousePath(), context.configuration()));
    context.observed().main().input(LineageDataset.of(qualified(context, input)));
    Outcome outcome;
    var console = context.console();
    try (var bar =
        new ImportProgress(
            InstantSource.system(), console.statusLine(), new JobProgress(console))) {
      var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), bar);
      outcome = new ImportJob(run, options, Loader.watermark(warehouse).orElse(null)).run(input);
    }
    MetastoreUpdate.run(context, warehouse);
    warehouse.purge();
    outcome.warnings().forEach(context.console()::warn);
    return outcome;
  }

  private static Path qualified(CommandContext context, Path input) throws IOException {
    return input.getFileSystem(context.configuration()).makeQualified(input);
  }

  /**
   * An import as a step.
   *
   * @param begin when it began, as {@link System#nanoTime} told
   */
  static StepReport step(Outcome outcome, long begin) {
    return new StepReport(
        "import",
        outcome.hours(),
        outcome.hours(),
        0,
        outcome.read(),
        outcome.written(),
        outcome.rejected(),
        (System.nanoTime() - begin) / 1e9,
        outcome.files() == outcome.filesImportedBefore() ? "imported before" : "",
        List.of());
  }

  private static String text(Outcome outcome) {
    if (outcome.files() == outcome.filesImportedBefore()) {
      return String.format(
          Locale.ROOT,
          "Nothing to do: %,d of %,d files were imported before.",
          outcome.filesImportedBefore(),
          outcome.files());
    }
    return String.format(
        Locale.ROOT,
        "%,d files (%,d imported before, %,d corrupt and skipped), %,d hours published.%n"
            + "%,d records read%s = %,d written + %,d duplicates + %,d rejected%s; %,d prices"
            + " rounded.",
        outcome.files(),
        outcome.filesImportedBefore(),
        outcome.filesSkipped(),
        outcome.hours(),
        outcome.read(),
        counted(" + %,d more of several in a record", outcome.added()),
        outcome.written(),
        outcome.duplicates(),
        outcome.rejected(),
        counted(" + %,d filtered", outcome.filtered())
            + counted(" + %,d forgotten", outcome.forgotten()),
        outcome.rounded());
  }

  /** A part of a sum that only some mappings have. */
  static String counted(String format, long count) {
    return count == 0 ? "" : String.format(Locale.ROOT, format, count);
  }
}
