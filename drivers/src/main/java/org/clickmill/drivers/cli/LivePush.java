package org.clickmill.drivers.cli;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.Live;
import org.clickmill.jobs.live.LiveOutcome;

/**
 * Pushes the live tables that the settings name, after each update of them: the days that it has
 * changed. All days are looked at by the first push, after one that failed, and once a day, which
 * keeps Kafka from forgetting what was pushed.
 */
final class LivePush {
  private static final long LOOKS_AT_ALL_NANOS = TimeUnit.DAYS.toNanos(1);

  private final List<TablePush> pushes;
  private boolean isBehind = true;
  private long lastOfAll;

  private LivePush(List<TablePush> pushes) {
    this.pushes = pushes;
  }

  static LivePush ofSettings(Configuration configuration) {
    var names = new Live().tables().stream().map(table -> table.dataset()).toList();
    return new LivePush(
        TablePush.ofSettings(configuration).stream()
            .filter(push -> names.contains(push.table().dataset()))
            .toList());
  }

  /**
   * Pushes. A broker that is away is a warning, which says how far the topic is behind.
   *
   * @param updated what the update before it has changed
   * @throws Exception what a table failed with that no later run will find better by itself
   */
  void run(CommandContext context, LiveOutcome updated) throws Exception {
    long now = System.nanoTime();
    boolean looksAtAll = isBehind || now - lastOfAll > LOOKS_AT_ALL_NANOS;
    var days = looksAtAll ? Optional.of(DayRange.ALL) : changed(updated);
    if (pushes.isEmpty() || days.isEmpty()) {
      return;
    }
    var run =
        Run.start(
            context.warehouse(), context.configuration(), Clock.systemUTC(), Run.Progress.SILENT);
    isBehind = true;
    var push = new PipelinePush(days.get(), updated.changes());
    for (var step : push.run(run, pushes, context.observed())) {
      step.warnings().forEach(context.console()::warn);
      if (step.partitions() > 0) {
        context
            .console()
            .note(
                String.format(
                    Locale.ROOT,
                    "Pushed %s: %,d rows and tombstones in %.1f s.",
                    step.note(),
                    step.recordsOut(),
                    step.seconds()));
      }
    }
    push.end();
    isBehind = push.isBehind();
    if (looksAtAll) {
      lastOfAll = now;
    }
  }

  /** To be called when an update has failed, so that what it changed is not known. */
  void missed() {
    isBehind = true;
  }

  /**
   * The days that an update has changed or emptied, and those in between; empty if there are none.
   */
  private static Optional<DayRange> changed(LiveOutcome updated) {
    var days =
        Stream.concat(updated.days().stream(), updated.ended().stream())
            .map(day -> new Partition(Live.LIVE_SALES, day).day())
            .collect(Collectors.toCollection(TreeSet::new));
    return days.isEmpty() ? Optional.empty() : Optional.of(new DayRange(days.first(), days.last()));
  }
}
