package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.clickmill.drivers.pipeline.PipelineReport;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.jobs.metrics.MetricSettings;

/** The table of steps that a pipeline prints. */
final class StepTable {
  private static final int NAMED = 10;

  private StepTable() {}

  static String text(PipelineReport report) {
    if (report.didNothing()) {
      return String.format(
          Locale.ROOT,
          "Nothing to do: %,d partitions are fresh%s.",
          report.fresh(),
          report.from() == null ? "" : " (" + report.from() + " to " + report.to() + ")");
    }
    return steps(report.steps());
  }

  static String steps(List<StepReport> steps) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-16s %10s %10s %10s %14s %14s %10s %9s",
            "step",
            "computed",
            "changed",
            "fresh",
            "records in",
            "records out",
            "rejected",
            "seconds"));
    for (var step : steps) {
      lines.add(
          String.format(
                  Locale.ROOT,
                  "%-16s %,10d %,10d %,10d %,14d %,14d %,10d %9.1f  %s",
                  step.step(),
                  step.partitions(),
                  step.changed(),
                  step.fresh(),
                  step.recordsIn(),
                  step.recordsOut(),
                  step.rejected(),
                  step.seconds(),
                  step.note())
              .stripTrailing());
    }
    return String.join(System.lineSeparator(), lines);
  }

  static String refused(PipelineReport report) {
    var list = report.refused();
    return "Cannot publish "
        + list.size()
        + " partitions, the rest is done (raise "
        + MetricSettings.MAX_ROWS
        + ", or group by less):\n  "
        + list.stream().limit(NAMED).collect(Collectors.joining("\n  "))
        + (list.size() > NAMED ? "\n  and " + (list.size() - NAMED) + " more" : "");
  }

  static String stopped(PipelineReport report) {
    var list = report.stopped();
    return "Cannot publish "
        + list.size()
        + " partitions, the rest is done: a check failed (to publish them as they are, name it:"
        + " --accept-check NAME --reason TEXT):\n  "
        + list.stream().limit(NAMED).collect(Collectors.joining("\n  "))
        + (list.size() > NAMED ? "\n  and " + (list.size() - NAMED) + " more" : "");
  }

  static String notReady(PipelineReport report) {
    var list = report.notReady();
    return "Cannot compute "
        + list.size()
        + " partitions, the rest is done:\n  "
        + list.stream().limit(NAMED).collect(Collectors.joining("\n  "))
        + (list.size() > NAMED ? "\n  and " + (list.size() - NAMED) + " more" : "");
  }
}
