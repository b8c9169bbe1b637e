package org.clickmill.drivers.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.Planner;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Catalog.Days;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.sessions.FunnelResult;
import org.clickmill.jobs.sessions.FunnelTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts the sessions that reach each step of a funnel. */
@Command(
    name = "funnel",
    description = {
      "Renews funnel, funnel_by_brand, funnel_by_category and cart_abandonment from the"
          + " sessions of each day.",
      "Funnels besides view_cart_purchase are defined by clickmill.funnel.definitions. With"
          + " --steps a funnel is tried on the days: their events are scanned again, the result"
          + " is printed, and nothing is published."
    },
    footer = {
      "",
      "Example:",
      "  clickmill funnel --warehouse shop --last 7d --steps view,purchase \\",
      "      --window 30m --mode strict"
    })
final class FunnelCommand extends TablesCommand {
  private static final Set<String> OPTIONS_OF_PUBLISHING =
      Set.of("--dry-run", "--recompute-outdated", "--allow-incomplete");

  @Option(
      names = "--steps",
      paramLabel = "STEPS",
      description =
          "Try these steps: event types, or maps as in clickmill.funnel.definitions,"
              + " separated by commas.")
  private String steps;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "With --steps: the most time from the first step to the last, as 30m or 2h.")
  private String window;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "With --steps: ordered (default), or strict, where nothing else may come in"
              + " between.")
  private String mode;

  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("funnel", configuration);
  }

  @Override
  String observedAs() {
    return steps == null ? super.observedAs() : null;
  }

  @Override
  protected void run(CommandContext context) throws Exception {
    if (steps != null) {
      refuse(OPTIONS_OF_PUBLISHING, "--steps publishes nothing");
      tryFunnel(context, new FunnelTrial(steps, window, mode));
    } else if (window != null || mode != null) {
      throw ClickmillException.usage("Invalid options: --window and --mode belong to --steps");
    } else {
      super.run(context);
    }
  }

  private void tryFunnel(CommandContext context, FunnelTrial trial) throws Exception {
    var configuration = context.configuration();
    var warehouse = Warehouse.open(context.warehousePath(), configuration);
    var datasets = new TreeMap<String, Days>();
    var all = new Days(null, null);
    FunnelTrial.datasets().forEach(dataset -> datasets.put(dataset, all));
    datasets.put(Datasets.EVENTS, all);
    var catalog = Catalog.read(warehouse, datasets);
    var days = new Planner(catalog, configuration, PlanOptions.DEFAULT).days(range());
    for (var day : days) {
      var events = Partition.ofDay(Datasets.EVENTS_DAILY, day);
      if (catalog.manifest(events).isEmpty()) {
        throw ClickmillException.notReady("Missing input: %s (compact makes it)", events);
      }
    }
    try (var bar = new JobProgress(context.console())) {
      var run = Run.start(warehouse, configuration, Clock.systemUTC(), bar);
      var outcome = trial.run(run, catalog, Suite.schemas(configuration), days);
      bar.close();
      context.console().result(outcome, () -> text(outcome));
    }
  }

  private static String text(FunnelTrial.Outcome outcome) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%4s  %-24s %12s %12s %10s %10s %12s %12s",
            "step",
            "name",
            "sessions",
            "drop-off",
            "previous",
            "first",
            "median s",
            "p90 s"));
    outcome.steps().forEach(step -> lines.add(line(step)));
    if (!outcome.isMature()) {
      lines.add("Some sessions of the last day may still go on.");
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(FunnelResult step) {
    return String.format(
        Locale.ROOT,
        "%4d  %-24s %,12d %,12d %10s %10s %12s %12s",
        step.step(),
        step.stepName(),
        step.sessions(),
        step.dropOff(),
        percent(step.conversionFromPrevious()),
        percent(step.conversionFromFirst()),
        seconds(step.medianSeconds()),
        seconds(step.p90Seconds()));
  }

  private static String percent(Double share) {
    return share == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String seconds(Double seconds) {
    return seconds == null ? "" : String.format(Locale.ROOT, "%,.1f", seconds);
  }
}
