package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import org.clickmill.drivers.expire.ExpireSettings;
import org.clickmill.drivers.expire.Expiry;
import org.clickmill.drivers.expire.Retention;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes what has been kept for long enough. */
@Command(
    name = "expire",
    description = {
      "Deletes what is older than clickmill.expire says, as in events=90d,sessions=400d. Datasets"
          + " that this setting does not name stay for good.",
      "What a stale table is to be made from, or a window of a day to come, is kept and named. What"
          + " is deleted lies in the trash for clickmill.trash.keep-hours; its manifest stays, so"
          + " that nothing becomes stale or is computed again."
    },
    footer = {
      "",
      "Example:",
      "  clickmill expire --warehouse shop -D clickmill.expire=events=90d --dry-run"
    })
final class ExpireCommand extends BaseCommand {
  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description = "The day to reckon ages from: YYYY-MM-DD, or yesterday (default: today, UTC).")
  private LocalDate asOf;

  @Option(
      names = "--dry-run",
      description = "Print the partitions and their bytes; delete nothing.")
  private boolean dryRun;

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  boolean registers() {
    return true;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    var configuration = context.configuration();
    var retention = Retention.of(configuration);
    var warehouse = context.warehouse();
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var day = asOf == null ? Hours.dayOf(run.started()) : asOf;
    var expiry = new Expiry(run, retention, day);
    if (retention.days().isEmpty()) {
      context
          .console()
          .warn(ExpireSettings.DAYS + " names no dataset, so that all partitions are kept");
    }
    if (dryRun) {
      var report = expiry.dryRun();
      context.console().result(report, report::text);
      return;
    }
    try {
      var report = expiry.run();
      warehouse.purge();
      expiry.tidy();
      context.console().result(report, report::text);
    } finally {
      MetastoreUpdate.run(context, warehouse);
    }
  }
}
