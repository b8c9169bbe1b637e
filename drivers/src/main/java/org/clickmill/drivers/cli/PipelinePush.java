package org.clickmill.drivers.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.jobs.kernel.Run;

/**
 * Pushes tables after a pipeline has published them. The tables are there whatever Kafka does, so a
 * broker that is away is a warning, and the next run brings the topic up to date.
 */
final class PipelinePush {
  private ClickmillException failure;
  private String away;

  /** Pushes tables one by one; what they fail with is in the reports, or kept for the end. */
  List<StepReport> run(Run run, List<TablePush> pushes) throws IOException, InterruptedException {
    var steps = new ArrayList<StepReport>();
    for (var push : pushes) {
      try {
        steps.add(step(run, push));
      } catch (ClickmillException e) {
        if (failure == null) {
          failure = e;
        }
      }
    }
    return steps;
  }

  /** Throws what the first table failed with that no later run will find better by itself. */
  void end() {
    if (failure != null) {
      throw failure;
    }
  }

  private StepReport step(Run run, TablePush push) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var job = push.push(run, false);
    var what = push.table().dataset() + " to topic " + push.topic();
    try {
      if (away == null) {
        var outcome = job.run(null, null);
        return new StepReport(
            "push",
            outcome.pushed(),
            outcome.pushed(),
            outcome.fresh(),
            outcome.rows() + outcome.unchanged(),
            outcome.rows() + outcome.tombstones(),
            0,
            outcome.seconds(),
            what,
            List.of());
      }
    } catch (ClickmillException e) {
      if (e.failure() == Failure.NOT_READY) {
        // The others would wait for it in vain, too.
        away = e.getMessage();
      } else if (e.failure() != Failure.HELD) {
        throw e;
      }
      return behind(what, e.getMessage(), begin, job.lastKnownPlan().behind());
    }
    return behind(what, "Cannot push " + what + ": " + away, begin, job.lastKnownPlan().behind());
  }

  private static StepReport behind(String what, String message, long begin, long behind) {
    var warning =
        message
            + "\n  The topic of "
            + what
            + " is "
            + behind
            + " versions behind; the next run"
            + " catches up.";
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new StepReport("push", 0, 0, 0, 0, 0, 0, seconds, what, List.of(warning));
  }
}
