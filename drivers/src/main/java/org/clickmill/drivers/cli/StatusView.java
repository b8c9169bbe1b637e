package org.clickmill.drivers.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clickmill.drivers.cli.DaySensor.Readiness;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.formats.warehouse.DamagedPartition;
import org.clickmill.formats.warehouse.StuckCommit;
import org.clickmill.jobs.load.LoaderStatus;

/**
 * How a warehouse stands, as {@code status} prints it.
 *
 * @param day what is asked for by {@code --day}, or null
 * @param loader null where no topics are loaded
 * @param tables all that were looked at, those too of which everything is fresh
 * @param unregistered null where the metastore knows everything, or there is none
 * @param stuck commits that cannot be carried out, each with what to do
 * @param damaged partitions whose files are not as published, each with what to do; empty where
 *     files were not looked at
 */
record StatusView(
    Readiness day,
    EventsStatus events,
    LoaderStatus loader,
    List<TableStatus> tables,
    PlanView plan,
    Unregistered unregistered,
    List<StuckCommit> stuck,
    List<DamagedPartition> damaged) {

  /** What is there of the events. */
  record EventsStatus(
      LocalDate firstDay, LocalDate lastDay, long sealedHours, long events, long rejects) {
    String text() {
      return firstDay == null
          ? "No events."
          : String.format(
              Locale.ROOT,
              "%,d events in %,d sealed hours, %s to %s; %,d rejects",
              events,
              sealedHours,
              firstDay,
              lastDay,
              rejects);
    }
  }

  /** One table. */
  record TableStatus(
      String table,
      long fresh,
      long stale,
      long mayBecomeStale,
      long outdated,
      long notReady,
      long expired) {
    boolean isFresh() {
      return stale + mayBecomeStale + outdated + notReady == 0;
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "%-24s %,8d %,8d %,10d %,10d %,10d",
          table,
          fresh,
          stale,
          mayBecomeStale,
          outdated,
          notReady);
    }
  }

  static StatusView of(
      Readiness day,
      EventsStatus events,
      LoaderStatus loader,
      List<PlannedPartition> plan,
      Unregistered unregistered,
      List<StuckCommit> stuck,
      List<DamagedPartition> damaged) {
    return new StatusView(
        day, events, loader, tables(plan), PlanView.of(plan), unregistered, stuck, damaged);
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
                    count[State.NOT_READY.ordinal()],
                    count[State.EXPIRED.ordinal()])));
    return tables;
  }

  /**
   * The same for people, in which tables are left out that are fresh.
   *
   * @param details lines to end with
   */
  String text(List<String> details) {
    var lines = new ArrayList<String>();
    if (day != null) {
      lines.add(day.text() + ".");
    }
    lines.add(events.text());
    if (loader != null) {
      lines.addAll(LoaderText.lines(loader));
    }
    lines.addAll(tableLines());
    if (!plan.expired().isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d partitions have expired, or their input has (--details names them)",
              plan.expired().size()));
    }
    lines.addAll(details);
    if (unregistered != null) {
      lines.add(unregistered.text());
    }
    stuck.forEach(commit -> lines.add(commit.message()));
    damaged.forEach(partition -> lines.add(partition.message()));
    return String.join(System.lineSeparator(), lines);
  }

  private List<String> tableLines() {
    if (tables.isEmpty()) {
      return List.of("no day has all its hours: no table is due");
    }
    var notFresh = tables.stream().filter(table -> !table.isFresh()).toList();
    if (notFresh.isEmpty()) {
      return List.of(String.format(Locale.ROOT, "all fresh (%,d)", plan.fresh()));
    }
    var lines = new ArrayList<String>();
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
    notFresh.forEach(table -> lines.add(table.text()));
    if (notFresh.size() < tables.size()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d other tables: all fresh (%,d)",
              tables.size() - notFresh.size(),
              tables.stream().filter(TableStatus::isFresh).mapToLong(TableStatus::fresh).sum()));
    }
    return lines;
  }
}
