package org.clickmill.drivers.cli;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.Live;

/** Pushes the live tables that the settings name, after each update of them. */
final class LivePush {
  private final List<TablePush> pushes;

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
   * @throws Exception what a table failed with that no later run will find better by itself
   */
  void run(CommandContext context) throws Exception {
    if (pushes.isEmpty()) {
      return;
    }
    var run =
        Run.start(
            context.warehouse(), context.configuration(), Clock.systemUTC(), Run.Progress.SILENT);
    var push = new PipelinePush();
    for (var step : push.run(run, pushes)) {
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
  }
}
