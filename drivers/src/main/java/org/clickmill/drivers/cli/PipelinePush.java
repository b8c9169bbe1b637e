package org.clickmill.drivers.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.drivers.observe.ObservedRun;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.StepReport;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.failure.Failure;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.push.ChangedRows;
import org.clickmill.jobs.push.Push;

/**
 * Pushes tables after a pipeline has published them. The tables are there whatever Kafka does, so a
 * broker that is away is a warning, and the next run brings the topic up to date.
 */
final class PipelinePush {
  private final DayRange days;
  private final ChangedRows changed;
  private final boolean whole;
  private Exception failure;
  private String away;
  private boolean isBehind;

  /** Of all days. */
  PipelinePush() {
    this(DayRange.ALL, ChangedRows.UNKNOWN);
  }

  /** Of all rows of all days, whichever versions the topics hold. */
  static PipelinePush ofAllRows() {
    return new PipelinePush(DayRange.ALL, ChangedRows.UNKNOWN, true);
  }

  /**
   * @param days whose partitions are pushed
   * @param changed what is known of what has changed in them
   */
  PipelinePush(DayRange days, ChangedRows changed) {
    this(days, changed, false);
  }

  private PipelinePush(DayRange days, ChangedRows changed, boolean whole) {
    this.days = days;
    this.changed = changed;
    this.whole = whole;
  }

  /**
   * Pushes tables one by one. What they fail with is in the reports, but for the first failure that
   * no later run will find better by itself: it is kept for the end.
   *
   * @param observed is told of each push
   */
  List<StepReport> run(Run run, List<TablePush> pushes, ObservedRun observed)
      throws InterruptedException {
    var steps = new ArrayList<StepReport>();
    for (var push : pushes) {
      long begin = System.nanoTime();
      try {
        steps.add(step(run, push, observed));
      } catch (IOException | RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          steps.add(skipped(what(push), message(push, e), begin));
        }
      }
    }
    return steps;
  }

  /** Whether a topic was left behind. */
  boolean isBehind() {
    return isBehind || failure != null;
  }

  /** Throws what the first table failed with that no later run will find better by itself. */
  void end() throws Exception {
    if (failure != null) {
      throw failure;
    }
  }

  private StepReport step(Run run, TablePush push, ObservedRun observed)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var job = push.push(run, whole);
    var what = what(push);
    try {
      if (away == null) {
        var outcome = push.tell(observed, () -> job.run(days.from(), days.to(), changed));
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
            outcome.warnings());
      }
    } catch (ClickmillException e) {
      if (e.failure() == Failure.NOT_READY) {
        // The others would wait for it in vain, too.
        away = e.getMessage();
      } else if (e.failure() != Failure.HELD) {
        throw e;
      }
      return behind(what, e.getMessage(), begin, job);
    }
    return behind(what, "Cannot push " + what + ": " + away, begin, job);
  }

  private StepReport behind(String what, String message, long begin, Push job) {
    isBehind = true;
    return skipped(what, message + "\n  " + howFarBehind(what, job), begin);
  }

  private static String howFarBehind(String what, Push job) {
    try {
      return "The topic of "
          + what
          + " is "
          + job.lastKnownPlan().behind()
          + " versions behind; the next run catches up.";
    } catch (IOException e) {
      return "How many versions the topic of "
          + what
          + " is behind is unknown ("
          + Damage.describe(e)
          + "); the next run catches up.";
    }
  }

  private static StepReport skipped(String what, String warning, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new StepReport("push", 0, 0, 0, 0, 0, 0, seconds, what, List.of(warning));
  }

  private static String what(TablePush push) {
    return push.table().dataset() + " to topic " + push.topic();
  }

  private static String message(TablePush push, Exception failure) {
    return failure instanceof ClickmillException
        ? failure.getMessage()
        : "Cannot push " + what(push) + ": " + Damage.describe(failure);
  }
}
