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
 * @param expired what was deleted because of its age, or cannot be computed again because its input
 *     was
 * @param fresh number of partitions that nothing would be done for
 * @param bytes to be read for the stale partitions, once for each table
 */
record PlanView(
    List<Line> stale,
    List<Line> mayBecomeStale,
    List<Line> outdated,
    List<Line> notReady,
    List<Line> expired,
    long fresh,
    long bytes) {

  /** One partition. */
  record Line(String partition, String reason, long inputBytes) {
    static Line of(PlannedPartition planned) {
      return new Line(planned.partition().toString(), planned.reason(), planned.inputBytes());
    }
  }

  static PlanView of(List<PlannedPartition> plan) {
    var stale = lines(plan, State.STALE);
    return new PlanView(
        stale,
        lines(plan, State.MAY_BECOME_STALE),
        lines(plan, State.OUTDATED),
        lines(plan, State.NOT_READY),
        lines(plan, State.EXPIRED),
        plan.stream().filter(partition -> partition.state() == State.FRESH).count(),
        stale.stream().mapToLong(Line::inputBytes).sum());
  }

  /** What would be done with a plan, for people. */
  static String text(List<PlannedPartition> plan) {
    var view = of(plan);
    var lines = notFresh(plan);
    if (!view.stale.isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d partitions to recompute from %,d bytes, %,d fresh. Nothing was run.",
              view.stale.size(),
              view.bytes,
              view.fresh));
    } else if (view.notReady.isEmpty()) {
      lines.add(String.format(Locale.ROOT, "Nothing to do: %,d partitions are fresh.", view.fresh));
    } else {
      lines.add(
          String.format(
              Locale.ROOT,
              "Nothing to recompute: %,d partitions lack input, %,d are fresh.",
              view.notReady.size(),
              view.fresh));
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** Every partition that is not fresh, with the reason, under a title for each state. */
  static List<String> notFresh(List<PlannedPartition> plan) {
    var lines = new ArrayList<String>();
    add(lines, "Stale", plan, State.STALE);
    add(lines, "May become stale", plan, State.MAY_BECOME_STALE);
    add(lines, "Outdated", plan, State.OUTDATED);
    add(lines, "Not ready", plan, State.NOT_READY);
    add(lines, "Expired", plan, State.EXPIRED);
    return lines;
  }

  private static List<Line> lines(List<PlannedPartition> plan, State state) {
    return in(plan, state).stream().map(Line::of).toList();
  }

  private static void add(
      List<String> lines, String title, List<PlannedPartition> plan, State state) {
    var groups = PlanGroups.of(in(plan, state));
    if (!groups.isEmpty()) {
      lines.add(title + ":");
      groups.forEach(group -> lines.add("  " + group));
    }
  }

  private static List<PlannedPartition> in(List<PlannedPartition> plan, State state) {
    return plan.stream().filter(partition -> partition.state() == state).toList();
  }
}
