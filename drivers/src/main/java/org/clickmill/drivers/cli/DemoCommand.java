package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.ImportJob.Options;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.clickmill.testdata.generate.GeneratorOptions.Loyalty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole way from raw files to a report, on made-up events. */
@Command(
    name = "demo",
    description = {
      "Generates twelve weeks of a shop's events and takes them all the way: import, compact,"
          + " analyze, the tables made from these, report.",
      "Leaves events, warehouse, report.html and pipeline.json in a folder. Run again, it"
          + " does only what is not done yet. With --kafka, the events go through a Kafka topic"
          + " instead of files: publish and load take the place of import."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill demo --output clickmill-demo",
      "  clickmill demo --output kafka-demo --kafka"
    })
final class DemoCommand extends BaseCommand {
  private static final LocalDate FIRST_DAY = LocalDate.of(2019, 10, 1);

  /** Says how the launcher was called. */
  private static final String LAUNCHER_VARIABLE = "CLICKMILL_COMMAND";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The folder to work in; made if missing (default: ${DEFAULT-VALUE}).")
  private String output = "clickmill-demo";

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events to generate (default: ${DEFAULT-VALUE}).")
  private long events = 500_000;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days they are spread over (default: ${DEFAULT-VALUE}).")
  private int days = 84;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another seed gives another shop (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--kafka",
      description = "Start a Kafka broker, publish the events to a topic and load them from there.")
  private boolean kafka;

  /** What was left where. */
  record Result(PipelineReport pipeline, String warehouse, String report) {}

  @Override
  boolean usesWarehouse() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    var folder = new Path(output);
    var fileSystem = folder.getFileSystem(context.configuration());
    if (!fileSystem.mkdirs(folder)) {
      throw ClickmillException.failed("Cannot create folder: %s", folder);
    }
    DriverSettings.WAREHOUSE.set(context.configuration(), new Path(folder, "warehouse").toString());
    var steps = new ArrayList<StepReport>();
    var shop = new GeneratorOptions(seed, events, FIRST_DAY, days, Loyalty.HIGH);
    if (kafka) {
      steps.addAll(new KafkaDemo(context, shop, brokerFolder(fileSystem, folder)).run());
    } else {
      var raw = new Path(folder, "events");
      steps.add(generate(context, fileSystem, raw, shop));
      steps.add(importEvents(context, raw));
    }
    var pipeline = runPipeline(context);
    steps.addAll(pipeline.steps());
    pipeline.steps().stream()
        .flatMap(step -> step.warnings().stream())
        .forEach(context.console()::warn);
    var page = new Path(folder, "report.html");
    steps.add(writeReport(context, page));
    var report =
        new PipelineReport(
            pipeline.runId(),
            pipeline.warehouse(),
            pipeline.from(),
            pipeline.to(),
            steps,
            pipeline.notReady(),
            pipeline.outdated());
    writeJson(fileSystem, new Path(folder, "pipeline.json"), report);
    var result = new Result(report, pipeline.warehouse(), page.toString());
    var next = new DemoQuestion(context.warehouse(), System.getenv(LAUNCHER_VARIABLE)).text();
    context.console().result(result, () -> text(result, next));
  }

  /** Kafka's data lie on the local disk. */
  private static java.nio.file.Path brokerFolder(FileSystem fileSystem, Path folder) {
    var path = fileSystem.makeQualified(folder).toUri();
    if (!"file".equals(path.getScheme())) {
      throw ClickmillException.usage(
          "Cannot run a Kafka broker in %s: --output must be on the local disk with --kafka", path);
    }
    return java.nio.file.Path.of(path.getPath(), "kafka");
  }

  private StepReport generate(
      CommandContext context, FileSystem fileSystem, Path raw, GeneratorOptions options)
      throws IOException {
    long begin = System.nanoTime();
    if (fileSystem.exists(raw) && fileSystem.listStatus(raw).length > 0) {
      return step("generate", 0, begin, raw + " is there already");
    }
    var generate = new GenerateFiles(context.configuration(), FileFormat.CSV, FilePer.DAY, false);
    // A folder that is filled under another name is never taken for a whole one.
    var unfinished = new Path(raw.getParent(), "_events");
    if (fileSystem.exists(unfinished) && !fileSystem.delete(unfinished, true)) {
      throw ClickmillException.failed("Cannot delete folder: %s", unfinished);
    }
    long written;
    try (var progress = context.console().progress("events", events)) {
      written = generate.run(options, unfinished, progress::reached);
    }
    if (!fileSystem.rename(unfinished, raw)) {
      throw ClickmillException.failed("Cannot rename folder: %s to %s", unfinished, raw);
    }
    return step("generate", written, begin, "into " + raw);
  }

  private static StepReport importEvents(CommandContext context, Path raw)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var options = new Options("rees46", null, false, true, false);
    var outcome = ImportCommand.runImport(context, options, raw);
    return ImportCommand.step(outcome, begin);
  }

  private static PipelineReport runPipeline(CommandContext context) throws IOException {
    var warehouse = Warehouse.open(context.warehousePath(), context.configuration());
    try (var bar = new JobProgress(context.console())) {
      var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), bar);
      var report =
          new Pipeline(run, Suite.entries(context.configuration()), PlanOptions.DEFAULT)
              .run(DayRange.ALL);
      MetastoreUpdate.run(context, warehouse);
      return report;
    }
  }

  private static StepReport writeReport(CommandContext context, Path page) throws IOException {
    long begin = System.nanoTime();
    ReportCommand.write(context, null, null, page, context.observed().main());
    return step("report", 0, begin, "into " + page);
  }

  private static StepReport step(String name, long recordsOut, long begin, String note) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new StepReport(name, 0, 0, 0, 0, recordsOut, 0, seconds, note, List.of());
  }

  private static void writeJson(FileSystem fileSystem, Path file, PipelineReport report)
      throws IOException {
    try (var out = fileSystem.create(file, true)) {
      out.write(Console.toJson(report).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(Result result, String next) {
    return String.format(
        Locale.ROOT,
        "%s%n%nWarehouse: %s%nReport:    %s (open it in a browser)%n%n%s",
        StepTable.steps(result.pipeline().steps()),
        result.warehouse(),
        result.report(),
        next);
  }
}
