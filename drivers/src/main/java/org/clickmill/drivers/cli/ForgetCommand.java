package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.forget.Erasure;
import org.clickmill.drivers.forget.Erasure.Options;
import org.clickmill.drivers.forget.Receipt;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.FreshDays;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PublishGate;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.privacy.IdHash;
import org.clickmill.formats.privacy.IdHashKeys;
import org.clickmill.formats.privacy.IdKind;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.container.SharedContainer;
import org.clickmill.jobs.forget.PersonIds;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.LiveSwitch;
import org.clickmill.jobs.live.LiveUpdate;
import org.clickmill.jobs.push.PushSettings;
import org.clickmill.jobs.push.PushedTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Erases persons. */
@Command(
    name = "forget",
    description = {
      "Erases persons from every table with a personal column, from rejects and from the trash, and"
          + " computes again, as pipeline does, what was made from their events.",
      "What held them is published again without their rows; the receipt says what it was, without"
          + " an id. An id that nobody has is no error. No other command may run meanwhile.",
      "Their ids go on the list of the forgotten, whose events import, load and fold-late drop. Where"
          + " ids are hashed at the door, the files have them as they are outside."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill forget --warehouse shop --user users.txt --dry-run",
      "  clickmill forget --warehouse shop --user users.txt --receipt receipt.json"
    })
final class ForgetCommand extends BaseCommand {
  private static final String USER = "--user";
  private static final String VISITOR = "--visitor";

  @Option(
      names = USER,
      paramLabel = "FILE",
      description = "The user_ids to forget, one on each line; - for standard input.")
  private String userFile;

  @Option(
      names = VISITOR,
      paramLabel = "FILE",
      description = "The visitor_ids to forget, one on each line; - for standard input.")
  private String visitorFile;

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

  @Override
  String observedAs() {
    return dryRun ? null : name();
  }

  @Override
  protected void run(CommandContext context) throws Exception {
    if (dryRun) {
      refuse(List.of("--receipt"), "--dry-run erases nothing");
    }
    var users = ids(USER, userFile);
    var visitors = ids(VISITOR, visitorFile);
    // Before anything is erased.
    TablePush.ofSettings(context.configuration());
    var warehouse = context.warehouse();
    var ids =
        new PersonIds(
            asTablesHold(users, IdKind.USER, warehouse),
            asTablesHold(visitors, IdKind.VISITOR, warehouse));
    context.observed().states(StateMetrics::add);
    try (var bar = new JobProgress(context.console())) {
      var started = Run.start(warehouse, context.configuration(), Clock.systemUTC(), bar);
      var erasure =
          new Erasure(started.step(name()), ids, new Options(withVisitors, keepsSketches));
      if (dryRun) {
        var receipt = erasure.dryRun();
        bar.close();
        context.console().result(receipt, receipt::text);
        warnOfUnknown(context, receipt);
        return;
      }
      PipelineReport report = null;
      var pushed = keepsSketches ? PipelinePush.ofAllRows() : new PipelinePush();
      var steps = new ArrayList<StepReport>();
      try {
        erasure.run();
        var run = started.step(name());
        if (!keepsSketches) {
          report = renew(context, run);
          steps.addAll(report.steps());
        }
        if (erasure.hasLiveTables()) {
          new LiveUpdate(run, new FreshDays(run)).update();
        }
        steps.addAll(pushed.run(run, pushes(context.configuration(), erasure), context.observed()));
      } finally {
        MetastoreUpdate.run(context, warehouse);
      }
      var receipt =
          erasure.finish(
              report == null ? 0 : report.steps().stream().mapToLong(StepReport::partitions).sum());
      bar.close();
      write(receipt);
      context.console().result(receipt, receipt::text);
      steps.forEach(context.observed()::done);
      steps.stream().flatMap(step -> step.warnings().stream()).forEach(context.console()::warn);
      warnOfUnknown(context, receipt);
      warnOfOtherTopics(context, warehouse, erasure);
      pushed.end();
      if (report != null) {
        end(context, report);
      }
    }
  }

  /**
   * What is pushed: without new versions only tables that have lost rows, of which all rows are
   * sent, and tombstones for those that are gone.
   */
  private List<TablePush> pushes(Configuration configuration, Erasure erasure) {
    return TablePush.ofSettings(configuration).stream()
        .filter(push -> !keepsSketches || erasure.erasedFrom().contains(push.table().dataset()))
        .toList();
  }

  private static void warnOfUnknown(CommandContext context, Receipt receipt) {
    for (var dataset : receipt.notSearched()) {
      context
          .console()
          .warn(
              dataset
                  + " is no table that the settings know, so it was not searched: declare its"
                  + " metric and run again, or delete the folder");
    }
  }

  /** Topics that were pushed to by hand. */
  private static void warnOfOtherTopics(
      CommandContext context, Warehouse warehouse, Erasure erasure) throws IOException {
    var topics = PushSettings.topics(context.configuration());
    for (var pushed : PushedTables.of(warehouse)) {
      if (erasure.erasedFrom().contains(pushed.table())
          && !pushed.topic().equals(topics.get(pushed.table()))) {
        context
            .console()
            .warn(
                "Topic "
                    + pushed.topic()
                    + " still has rows of the persons of table "
                    + pushed.table()
                    + ", until 'clickmill push "
                    + pushed.table()
                    + " --whole --topic "
                    + pushed.topic()
                    + "' sends tombstones");
      }
    }
  }

  private Set<String> ids(String option, String file) throws IOException {
    if (userFile == null && visitorFile == null) {
      throw ClickmillException.usage("Missing option: %s FILE or %s FILE", USER, VISITOR);
    }
    if (withVisitors && userFile == null) {
      throw ClickmillException.usage("Invalid option: --with-visitors goes with %s FILE", USER);
    }
    return IdFile.read(option, file);
  }

  /** Ids that import and load hash are hashed in the tables. */
  private static Set<String> asTablesHold(Set<String> ids, IdKind kind, Warehouse warehouse)
      throws IOException {
    var key = new IdHashKeys(warehouse).find(kind);
    if (key.isEmpty()) {
      return ids;
    }
    var hash = new IdHash(key.get());
    return ids.stream().map(hash::of).collect(Collectors.toSet());
  }

  /** As the command pipeline does; checks have judged these days, and do not stop an erasure. */
  private PipelineReport renew(CommandContext context, Run run)
      throws IOException, InterruptedException {
    PipelineReport report;
    try (var container = SharedContainer.of(run)) {
      var entries = Suite.entries(context.configuration());
      report =
          new Pipeline(
                  run.with(container),
                  entries,
                  PlanOptions.DEFAULT,
                  context.observed(),
                  PublishGate.OPEN)
              .run(DayRange.ALL);
    }
    new LiveSwitch(run, new FreshDays(run)).endFreshDays();
    return report;
  }

  private void write(Receipt receipt) throws IOException {
    if (receiptFile != null) {
      Files.writeString(receiptFile, Console.toJson(receipt), StandardCharsets.UTF_8);
    }
  }

  private static void end(CommandContext context, PipelineReport report) {
    if (!report.refused().isEmpty()) {
      throw ClickmillException.failed("%s", StepTable.refused(report));
    }
    if (!report.notReady().isEmpty()) {
      context.console().warn(StepTable.notReady(report));
    }
  }
}
