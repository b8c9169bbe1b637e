package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.clickmill.drivers.cli.DaySensor.Readiness;
import org.clickmill.drivers.cli.StatusView.EventsStatus;
import org.clickmill.drivers.observe.Samples;
import org.clickmill.drivers.observe.WarehouseMetrics;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.DamagedPartition;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.FileCheck;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.LoaderStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how the warehouse stands. */
@Command(
    name = "status",
    description = {
      "Shows for every table how many partitions are fresh, stale, outdated or missing"
          + " input, and for the events which hours are sealed.",
      "With --details every partition that is not fresh is named with the reason. Where"
          + " topics are loaded, it shows how far each partition is; with --bootstrap-servers or"
          + " --client-properties also how many records wait in Kafka. With --day it ends with"
          + " exit code 3 as long as not all hours of the day are sealed, and with --wait when"
          + " they are, so that a scheduler can start a day's work behind it."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill status --warehouse shop --from 2019-10-01 --details",
      "  clickmill status --warehouse shop --bootstrap-servers localhost:9092",
      "  clickmill status --warehouse shop --last 7d --verify-files",
      "  clickmill status --warehouse shop --day 2019-10-01 --wait --timeout 2h",
      "  clickmill status --warehouse shop --prometheus"
    })
final class StatusCommand extends BaseCommand {
  private static final Set<String> OTHER_OUTPUT =
      Set.of(
          "--json",
          "--details",
          "--tables",
          "--verify-files",
          "--wait",
          "--timeout",
          "--day",
          "--last",
          "--from",
          "--to");

  @Mixin private DayOptions days;

  @Mixin private KafkaOptions kafka;

  @Option(names = "--details", description = "Name every partition that is not fresh, and why.")
  private boolean details;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "Look at these tables only (default: all that the settings ask for).")
  private List<String> tables = List.of();

  @Option(
      names = "--verify-files",
      description =
          "Read the published files of the days and tables too, every byte, and name those that are"
              + " missing or damaged.")
  private boolean verifyFiles;

  @Option(
      names = "--wait",
      description = "Wait until all hours of --day are sealed, and only then look at the rest.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      converter = TimeSpanConverter.class,
      description =
          "With --wait: end with exit code 3 after so long, as 30m or 2h (default: wait on).")
  private Duration timeout;

  @Option(
      names = "--prometheus",
      description =
          "Print how the whole warehouse stands as metrics, in the text format of Prometheus"
              + " (docs/monitoring.md), and nothing else.")
  private boolean prometheus;

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    requireDayToWaitFor();
    if (prometheus) {
      refuse(OTHER_OUTPUT, "--prometheus prints metrics of the whole warehouse");
      printMetrics(context);
      return;
    }
    var configuration = context.configuration();
    var warehouse = Warehouse.open(context.warehousePath(), configuration);
    var day = days.day().isPresent() ? readiness(context, warehouse, days.day().get()) : null;
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var plan = plan(run);
    var client = kafka.isGiven() ? kafka.client(configuration) : null;
    var loader = LoaderStatus.read(run, client).orElse(null);
    var status =
        StatusView.of(
            day,
            events(warehouse),
            loader,
            plan,
            Unregistered.read(warehouse).orElse(null),
            warehouse.stuckCommits(),
            verifyFiles ? damaged(warehouse) : List.of());
    context
        .console()
        .result(status, () -> status.text(details ? PlanView.notFresh(plan) : List.of()));
    if (day != null && !day.ready()) {
      throw ClickmillException.notReady("%s", day.text());
    }
  }

  private void printMetrics(CommandContext context) throws IOException, InterruptedException {
    var configuration = context.configuration();
    var warehouse = context.warehouse();
    var metrics = new WarehouseMetrics(warehouse, Clock.systemUTC());
    var samples = new Samples();
    metrics.addTables(samples);
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var client = kafka.isGiven() ? kafka.client(configuration) : null;
    LoaderStatus.read(run, client).ifPresent(loader -> metrics.addLoader(samples, loader));
    StateMetrics.add(warehouse, samples);
    context.console().text(samples.text().stripTrailing());
  }

  /** Of the tables that are asked for; all are planned, since one depends on the others. */
  private List<PlannedPartition> plan(Run run) throws IOException {
    var entries = Suite.entries(run.configuration());
    var asked = tables.isEmpty() ? entries : Suite.named(tables, entries);
    return new Pipeline(run, entries, PlanOptions.STATUS)
        .status(days.range()).stream()
            .filter(partition -> asked.contains(partition.entry()))
            .toList();
  }

  private List<DamagedPartition> damaged(Warehouse warehouse) throws IOException {
    var datasets = tables.isEmpty() ? warehouse.datasets() : tables;
    var range = days.range();
    return new FileCheck(warehouse).damaged(datasets, range.from(), range.to());
  }

  private void requireDayToWaitFor() {
    if (timeout != null && !wait) {
      throw ClickmillException.usage("Invalid options: --timeout is for --wait");
    }
    if (wait && days.day().isEmpty()) {
      throw ClickmillException.usage("Missing day: --wait needs one, named by --day");
    }
  }

  private Readiness readiness(CommandContext context, Warehouse warehouse, LocalDate day)
      throws IOException, InterruptedException {
    var sensor = new DaySensor(warehouse, day);
    if (!wait) {
      return sensor.look();
    }
    var poll = Duration.ofSeconds(DriverSettings.POLL_SECONDS.get(context.configuration()));
    return sensor.await(poll, timeout, context.console());
  }

  private static EventsStatus events(Warehouse warehouse) throws IOException {
    var catalog = Catalog.read(warehouse, List.of(Datasets.EVENTS, Datasets.REJECTS), null, null);
    var hours = catalog.manifests(Datasets.EVENTS);
    return new EventsStatus(
        hours.isEmpty() ? null : hours.firstKey().day(),
        hours.isEmpty() ? null : hours.lastKey().day(),
        hours.size(),
        hours.values().stream().mapToLong(manifest -> manifest.fingerprint().rows()).sum(),
        catalog.manifests(Datasets.REJECTS).values().stream()
            .mapToLong(manifest -> manifest.fingerprint().rows())
            .sum());
  }
}
