package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;

/**
 * A plan, as {@code --dry-run} prints it.
 *
 * @param stale what would be recomputed
 * @param mayBecomeStale what would be recomputed if a stale input turns out to have changed
 * @param outdated what an older logic made
 * @param notReady what lacks input
 * @param fresh number of partitions that nothing would be done for
 * @param bytes to be read for the stale partitions, once for each table
 */
record PlanView(
    List<Line> stale,
    List<Line> mayBecomeStale,
    List<Line> outdated,
    List<Line> notReady,
    long fresh,
    long bytes) {

  /** One partition. */
  record Line(String partition, String reason, long inputBytes) {}

  static PlanView of(List<PlannedPartition> plan) {
    var stale = lines(plan, State.STALE);
    return new PlanView(
        stale,
        lines(plan, State.MAY_BECOME_STALE),
        lines(plan, State.OUTDATED),
        lines(plan, State.NOT_READY),
        plan.stream().filter(partition -> partition.state() == State.FRESH).count(),
        stale.stream().mapToLong(Line::inputBytes).sum());
  }

  String text() {
    var lines = new ArrayList<String>();
    add(lines, "Stale", stale);
    add(lines, "May become stale", mayBecomeStale);
    add(lines, "Outdated", outdated);
    add(lines, "Not ready", notReady);
    if (stale.isEmpty()) {
      lines.add("Nothing to do: " + fresh + " partitions are fresh.");
    } else {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d partitions to recompute from %,d bytes, %,d fresh. Nothing was run.",
              stale.size(),
              bytes,
              fresh));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static List<Line> lines(List<PlannedPartition> plan, State state) {
    return plan.stream()
        .filter(partition -> partition.state() == state)
        .map(
            partition ->
                new Line(
                    partition.partition().toString(), partition.reason(), partition.inputBytes()))
        .toList();
  }

  private static void add(List<String> lines, String title, List<Line> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    lines.add(title + ":");
    for (var line : partitions) {
      lines.add("  " + line.partition() + "  (" + line.reason() + ")");
    }
  }
}
