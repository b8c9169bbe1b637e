package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.clickmill.drivers.forget.Erasure;
import org.clickmill.drivers.forget.Erasure.Options;
import org.clickmill.drivers.forget.Receipt;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.FreshDays;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.container.SharedContainer;
import org.clickmill.jobs.forget.PersonIds;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.LiveSwitch;
import org.clickmill.jobs.live.LiveUpdate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Erases persons. */
@Command(
    name = "forget",
    description = {
      "Erases persons from every table with a personal column, from rejects and from the trash, and"
          + " computes again, as pipeline does, what was made from their events.",
      "What held them is published again without their rows; the receipt says what it was, without"
          + " an id. An id that nobody has is no error. No other command may run meanwhile."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill forget --warehouse shop --user users.txt --dry-run",
      "  echo 7f3a-22 | clickmill forget --warehouse shop --visitor - --receipt receipt.json"
    })
final class ForgetCommand extends BaseCommand {
  private static final String USER = "--user";
  private static final String VISITOR = "--visitor";

  @Option(
      names = USER,
      paramLabel = "FILE",
      description = "The user_ids to forget, one on each line; - for standard input.")
  private String users;

  @Option(
      names = VISITOR,
      paramLabel = "FILE",
      description = "The visitor_ids to forget, one on each line; - for standard input.")
  private String visitors;

  @Option(
      names = "--with-visitors",
      description = "Forget visitors, too, who were seen with the users and nobody else.")
  private boolean withVisitors;

  @Option(
      names = "--keep-sketches",
      description =
          "Leave what is aggregated, and the sketches of visitors' hashes, as it is: versions stay,"
              + " so that nothing becomes stale or is computed again.")
  private boolean keepsSketches;

  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description = "Write the receipt to a file as JSON, too.")
  private Path receiptFile;

  @Option(
      names = "--dry-run",
      description = "Print the partitions that hold the persons, and their bytes; change nothing.")
  private boolean dryRun;

  private final PipelinePush push = new PipelinePush();

  @Override
  String observedAs() {
    return dryRun ? null : name();
  }

  @Override
  protected void run(CommandContext context) throws Exception {
    if (dryRun) {
      refuse(List.of("--receipt"), "--dry-run erases nothing");
    }
    var ids = ids();
    // Before anything is erased.
    TablePush.ofSettings(context.configuration());
    var warehouse = context.warehouse();
    context.observed().states(StateMetrics::add);
    try (var bar = new JobProgress(context.console())) {
      var started = Run.start(warehouse, context.configuration(), Clock.systemUTC(), bar);
      var erasure = new Erasure(started.step(name()), ids, new Options(withVisitors, keepsSketches));
      if (dryRun) {
        var receipt = erasure.dryRun();
        bar.close();
        context.console().result(receipt, receipt::text);
        return;
      }
      PipelineReport report = null;
      try {
        erasure.run();
        var run = started.step(name());
        if (!keepsSketches) {
          report = renew(context, run);
        }
        if (erasure.hasLiveTables()) {
          new LiveUpdate(run, new FreshDays(run)).update();
        }
      } finally {
        MetastoreUpdate.run(context, warehouse);
      }
      var receipt =
          erasure.finish(
              report == null
                  ? 0
                  : report.steps().stream().mapToLong(StepReport::partitions).sum());
      bar.close();
      write(receipt);
      context.console().result(receipt, receipt::text);
      if (report != null) {
        end(context, report);
      }
    }
  }

  private PersonIds ids() throws IOException {
    if (users == null && visitors == null) {
      throw ClickmillException.usage("Missing option: %s FILE or %s FILE", USER, VISITOR);
    }
    if (withVisitors && users == null) {
      throw ClickmillException.usage("Invalid option: --with-visitors goes with %s FILE", USER);
    }
    return new PersonIds(IdFile.read(USER, users), IdFile.read(VISITOR, visitors));
  }

  /** As the command pipeline does. */
  private PipelineReport renew(CommandContext context, Run run)
      throws IOException, InterruptedException {
    PipelineReport report;
    try (var container = SharedContainer.of(run)) {
      var entries = Suite.entries(context.configuration());
      report =
          new Pipeline(run.with(container), entries, PlanOptions.DEFAULT, context.observed())
              .run(DayRange.ALL);
    }
    new LiveSwitch(run, new FreshDays(run)).endFreshDays();
    return report.plus(
        push.run(run, TablePush.ofSettings(context.configuration()), context.observed()));
  }

  private void write(Receipt receipt) throws IOException {
    if (receiptFile != null) {
      Files.writeString(receiptFile, Console.toJson(receipt), StandardCharsets.UTF_8);
    }
  }

  private void end(CommandContext context, PipelineReport report) throws Exception {
    report.steps().forEach(context.observed()::done);
    report.steps().stream()
        .flatMap(step -> step.warnings().stream())
        .forEach(context.console()::warn);
    push.end();
    if (!report.refused().isEmpty()) {
      throw ClickmillException.failed("%s", StepTable.refused(report));
    }
    if (!report.notReady().isEmpty()) {
      context.console().warn(StepTable.notReady(report));
    }
  }
}
