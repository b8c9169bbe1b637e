package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.clickmill.drivers.pipeline.FreshDays;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.LiveOutcome;
import org.clickmill.jobs.live.LiveUpdate;
import picocli.CommandLine.Command;

/** Brings the live tables up to date. */
@Command(
    name = "live",
    description = {
      "Brings live_sales and live_summary, today's figures by five minutes, up to the last"
          + " commit of 'load'. 'load --follow --live' does so after each commit by itself.",
      "A day is live until 'pipeline' has published its own tables. Live tables that the"
          + " setting clickmill.push names are pushed to their Kafka topics afterwards."
    },
    footer = {"", "Example:", "  clickmill live --warehouse shop"})
final class LiveCommand extends BaseCommand {
  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  boolean registers() {
    return true;
  }

  @Override
  String observedAs() {
    return name();
  }

  @Override
  protected void run(CommandContext context) throws Exception {
    var push = LivePush.ofSettings(context.configuration());
    var warehouse = context.warehouse();
    try {
      var outcome = update(context, warehouse);
      context.observed().done(step(outcome));
      context.console().result(outcome, () -> text(outcome));
      push.run(context, outcome);
    } finally {
      MetastoreUpdate.run(context, warehouse);
    }
  }

  private static StepReport step(LiveOutcome outcome) {
    return new StepReport(
        "live",
        outcome.days().size(),
        outcome.days().size(),
        0,
        outcome.events(),
        outcome.buckets(),
        0,
        outcome.seconds(),
        "",
        List.of());
  }

  /** Updates the live tables of a warehouse. */
  static LiveOutcome update(CommandContext context, Warehouse warehouse)
      throws IOException, InterruptedException {
    var run = Run.start(warehouse, context.configuration(), Clock.systemUTC(), Run.Progress.SILENT);
    return new LiveUpdate(run, new FreshDays(run)).update();
  }

  static String text(LiveOutcome outcome) {
    if (outcome.days().isEmpty() && !outcome.ended().isEmpty()) {
      return String.format(
          Locale.ROOT,
          "Live tables stand at commit %d; no live day has changed, and %,d with new events are"
              + " live no more: their batch tables are there.",
          outcome.commit(),
          outcome.ended().size());
    }
    if (outcome.days().isEmpty()) {
      return String.format(
          Locale.ROOT,
          "Live tables stand at commit %d; no live day has changed.",
          outcome.commit());
    }
    return String.format(
        Locale.ROOT,
        "Live tables stand at commit %d: %,d events read, %,d duplicates dropped, %,d buckets of"
            + " %,d days counted in %.1f s.",
        outcome.commit(),
        outcome.events(),
        outcome.duplicates(),
        outcome.buckets(),
        outcome.days().size(),
        outcome.seconds());
  }
}
