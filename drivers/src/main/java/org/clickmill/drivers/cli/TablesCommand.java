package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.checks.CheckGate;
import org.clickmill.drivers.checks.Checks;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.PublishGate;
import org.clickmill.drivers.pipeline.Snapshots;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.container.SharedContainer;
import org.clickmill.jobs.kernel.Run;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that renews stale partitions of some of the suite's tables. */
abstract class TablesCommand extends BaseCommand {
  @Mixin private DayOptions days;

  @Option(
      names = "--dry-run",
      description = "Print what is stale, why, and how many bytes would be read; run nothing.")
  private boolean dryRun;

  @Option(
      names = "--recompute-outdated",
      description = "Recompute partitions that an older logic of an analysis made, too.")
  private boolean recomputeOutdated;

  @Option(
      names = "--allow-incomplete",
      description =
          "Compute a day although some of its input is missing. The manifest names what was"
              + " missing, and the day is computed again when that comes.")
  private boolean allowIncomplete;

  @Mixin private AcceptOptions accepted;

  /** The days that the user named. */
  final DayRange range() {
    return days.range();
  }

  /** Takes the command's own options into the settings. */
  void configure(Configuration configuration) {}

  /** The tables that the command renews. */
  abstract List<Entry> entries(Configuration configuration);

  /** Whether snapshots are made for every day; commands of snapshots ask the user. */
  boolean everyDay() {
    return false;
  }

  /** Options that have a meaning only if something is computed. */
  Set<String> optionsOfRuns() {
    return Set.of();
  }

  /**
   * Does what follows when the tables are published.
   *
   * @return the report, with what was done
   */
  PipelineReport follow(CommandContext context, Run run, PipelineReport report)
      throws IOException, InterruptedException {
    return report;
  }

  @Override
  String observedAs() {
    return dryRun ? null : name();
  }

  /** Fails if what followed has failed, after everything is printed. */
  void end() throws Exception {}

  /** Does something with the finished report before it is printed. */
  void finish(CommandContext context, PipelineReport report) throws Exception {}

  @Override
  protected void run(CommandContext context) throws Exception {
    if (dryRun) {
      refuse(optionsOfRuns(), "--dry-run computes nothing");
      refuse(AcceptOptions.NAMES, "--dry-run publishes nothing");
    }
    configure(context.configuration());
    var gate = new CheckGate(Checks.of(context.configuration()), accepted.acceptance());
    var warehouse = context.warehouse();
    context.observed().states(StateMetrics::add);
    try (var bar = new JobProgress(context.console())) {
      var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), bar);
      var options =
          new PlanOptions(
              recomputeOutdated,
              allowIncomplete,
              everyDay() ? Snapshots.EVERY_DAY : Snapshots.LAST_DAY);
      var entries = entries(context.configuration());
      if (dryRun) {
        printPlan(context, new Pipeline(run, entries, options).plan(days.range()));
        return;
      }
      var report = follow(context, run, renew(context, run, entries, options, gate));
      report.steps().forEach(context.observed()::done);
      bar.close();
      warehouse.purge();
      finish(context, report);
      print(context.console(), report);
      end();
      if (!report.refused().isEmpty()) {
        throw ClickmillException.failed("%s", StepTable.refused(report));
      }
      if (!report.stopped().isEmpty()) {
        throw ClickmillException.quality("%s", StepTable.stopped(report));
      }
      if (!report.notReady().isEmpty()) {
        throw ClickmillException.notReady("%s", StepTable.notReady(report));
      }
    }
  }

  /** Runs a pipeline, and registers what it has published, however it ends. */
  private PipelineReport renew(
      CommandContext context, Run run, List<Entry> entries, PlanOptions options, PublishGate gate)
      throws IOException {
    try (var container = SharedContainer.of(run)) {
      return new Pipeline(run.with(container), entries, options, context.observed(), gate)
          .run(days.range());
    } finally {
      MetastoreUpdate.run(context, run.warehouse());
    }
  }

  private static void print(Console console, PipelineReport report) {
    console.result(report, () -> StepTable.text(report));
    report.steps().stream().flatMap(step -> step.warnings().stream()).forEach(console::warn);
    report.outdated().stream()
        .limit(1)
        .forEach(
            first ->
                console.warn(
                    report.outdated().size()
                        + " partitions are outdated, the first "
                        + first
                        + " (--recompute-outdated renews them)"));
  }

  /** Ends as the run would end, as far as a plan can tell. */
  private static void printPlan(CommandContext context, List<PlannedPartition> plan) {
    var view = PlanView.of(plan);
    context.console().result(view, () -> PlanView.text(plan));
    if (!view.notReady().isEmpty()) {
      throw ClickmillException.notReady(
          "Cannot compute %d partitions: their input is missing", view.notReady().size());
    }
  }

  /** The tables of one command, or of all analyses that read events. */
  static List<Entry> entriesOf(String command, Configuration configuration) {
    return Suite.entries(configuration).stream()
        .filter(entry -> entry.command().equals(command))
        .toList();
  }
}
