package org.clickmill.drivers.forget;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse.StagedRun;
import org.clickmill.jobs.kernel.Run;

/**
 * What other runs have staged, which may hold a person as well as the tables may. That of a run at
 * work cannot be searched, since it changes; that of a dead one is of no use to anybody.
 */
final class OtherRuns {
  private final Run run;
  private final Duration quiet;

  OtherRuns(Run run) {
    this.run = run;
    this.quiet = Duration.ofMinutes(ForgetSettings.QUIET_MINUTES.get(run.configuration()));
  }

  /**
   * Checks that nobody else is at work.
   *
   * @throws ClickmillException of kind held if somebody is; of kind failed if what somebody has
   *     committed cannot be carried out
   */
  void requireNone() throws IOException {
    var stuck = run.warehouse().recover();
    if (!stuck.isEmpty()) {
      throw ClickmillException.failed("%s", stuck.get(0).message());
    }
    var limit = Instant.now().minus(quiet);
    for (var other : others()) {
      if (other.touched().isAfter(limit)) {
        throw ClickmillException.held(
            "Cannot forget while another run is at work: %s has staged files and gave a sign of"
                + " life at %s. Wait until it has ended; if it has died, it counts as dead after %d"
                + " minutes (%s)",
            other.runId(),
            other.touched().truncatedTo(ChronoUnit.SECONDS),
            quiet.toMinutes(),
            ForgetSettings.QUIET_MINUTES);
      }
    }
  }

  /**
   * Deletes what dead runs have staged; to be called after {@link #requireNone}.
   *
   * @return the number of runs
   */
  int discardDead() throws IOException {
    var dead = others();
    for (var other : dead) {
      run.warehouse().discardStaging(other.runId());
    }
    return dead.size();
  }

  private List<StagedRun> others() throws IOException {
    return run.warehouse().stagedRuns().stream()
        .filter(other -> !other.runId().startsWith(run.id()))
        .toList();
  }
}
