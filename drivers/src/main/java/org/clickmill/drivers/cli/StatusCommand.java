package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clickmill.drivers.cli.DaySensor.Readiness;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.StuckCommit;
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
      "Shows for every table how many partitions are fresh, stale, outdated or missing input, and",
      "for the events which hours are sealed. With --details every partition that is not fresh is",
      "named with the reason. Where topics are loaded, it shows how far each partition is; with",
      "--bootstrap-servers or --client-properties also how many records wait in Kafka.",
      "With --day it ends with exit code 3 as long as not all hours of the day are sealed, and",
      "with --wait when they are, so that a scheduler can start a day's work behind it."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill status --warehouse shop --from 2019-10-01 --details",
      "  clickmill status --warehouse shop --bootstrap-servers localhost:9092",
      "  clickmill status --warehouse shop --day 2019-10-01 --wait --timeout 2h"
    })
final class StatusCommand extends BaseCommand {
  @Mixin private DayOptions days;

  @Mixin private KafkaOptions kafka;

  @Option(names = "--details", description = "Name every partition that is not fresh, and why.")
  private boolean details;

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

  /** One table. */
  record TableStatus(
      String table, long fresh, long stale, long mayBecomeStale, long outdated, long notReady) {}

  /** What is there of the events. */
  record EventsStatus(
      LocalDate firstDay, LocalDate lastDay, long sealedHours, long events, long rejects) {}

  /**
   * The whole answer.
   *
   * @param day what is asked for by {@code --day}, or null
   * @param loader null where no topics are loaded
   * @param stuck commits that cannot be carried out, each with what to do
   */
  record Status(
      Readiness day,
      EventsStatus events,
      LoaderStatus loader,
      List<TableStatus> tables,
      PlanView plan,
      List<StuckCommit> stuck) {}

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    requireDayToWaitFor();
    var configuration = context.configuration();
    var warehouse = Warehouse.open(context.warehousePath(), configuration);
    var day = days.day().isPresent() ? readiness(context, warehouse, days.day().get()) : null;
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var plan =
        new Pipeline(run, Suite.entries(configuration), PlanOptions.DEFAULT).plan(days.range());
    var client = kafka.isGiven() ? kafka.client(configuration) : null;
    var loader = LoaderStatus.read(run, client).orElse(null);
    var events = events(warehouse);
    var status =
        new Status(day, events, loader, tables(plan), PlanView.of(plan), warehouse.stuckCommits());
    context.console().result(status, () -> text(status));
    if (day != null && !day.ready()) {
      throw ClickmillException.notReady("%s", day.text());
    }
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

  private static List<TableStatus> tables(List<PlannedPartition> plan) {
    Map<String, long[]> counts = new LinkedHashMap<>();
    for (var partition : plan) {
      counts
          .computeIfAbsent(
              partition.entry().table().dataset(), table -> new long[State.values().length])[
          partition.state().ordinal()]++;
    }
    var tables = new ArrayList<TableStatus>();
    counts.forEach(
        (table, count) ->
            tables.add(
                new TableStatus(
                    table,
                    count[State.FRESH.ordinal()],
                    count[State.STALE.ordinal()],
                    count[State.MAY_BECOME_STALE.ordinal()],
                    count[State.OUTDATED.ordinal()],
                    count[State.NOT_READY.ordinal()])));
    return tables;
  }

  private String text(Status status) {
    var lines = new ArrayList<String>();
    if (status.day() != null) {
      lines.add(status.day().text() + ".");
    }
    var events = status.events();
    lines.add(
        events.firstDay() == null
            ? "No events."
            : String.format(
                Locale.ROOT,
                "%,d events in %,d sealed hours, %s to %s; %,d rejects",
                events.events(),
                events.sealedHours(),
                events.firstDay(),
                events.lastDay(),
                events.rejects()));
    if (status.loader() != null) {
      lines.addAll(LoaderText.lines(status.loader()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%-24s %8s %8s %10s %10s %10s",
            "table",
            "fresh",
            "stale",
            "may become",
            "outdated",
            "not ready"));
    for (var table : status.tables()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-24s %,8d %,8d %,10d %,10d %,10d",
              table.table(),
              table.fresh(),
              table.stale(),
              table.mayBecomeStale(),
              table.outdated(),
              table.notReady()));
    }
    if (details) {
      lines.add(status.plan().text());
    }
    status.stuck().forEach(commit -> lines.add(commit.message()));
    return String.join(System.lineSeparator(), lines);
  }
}
