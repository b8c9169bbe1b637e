package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
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
      "--bootstrap-servers or --client-properties also how many records wait in Kafka."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill status --warehouse shop --from 2019-10-01 --details",
      "  clickmill status --warehouse shop --bootstrap-servers localhost:9092"
    })
final class StatusCommand extends BaseCommand {
  @Mixin private DayOptions days;

  @Mixin private KafkaOptions kafka;

  @Option(names = "--details", description = "Name every partition that is not fresh, and why.")
  private boolean details;

  /** One table. */
  record TableStatus(
      String table, long fresh, long stale, long mayBecomeStale, long outdated, long notReady) {}

  /** What is there of the events. */
  record EventsStatus(
      LocalDate firstDay, LocalDate lastDay, long sealedHours, long events, long rejects) {}

  /** The whole answer. */
  record Status(
      EventsStatus events, LoaderStatus loader, List<TableStatus> tables, PlanView plan) {}

  @Override
  protected void run(CommandContext context) throws IOException, InterruptedException {
    var configuration = context.configuration();
    var warehouse = Warehouse.open(context.warehousePath(), configuration);
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var plan =
        new Pipeline(run, Suite.entries(configuration), PlanOptions.DEFAULT).plan(days.range());
    var client = kafka.isGiven() ? kafka.client(configuration) : null;
    var loader = LoaderStatus.read(run, client).orElse(null);
    var status = new Status(events(warehouse), loader, tables(plan), PlanView.of(plan));
    context.console().result(status, () -> text(status));
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
    return String.join(System.lineSeparator(), lines);
  }
}
