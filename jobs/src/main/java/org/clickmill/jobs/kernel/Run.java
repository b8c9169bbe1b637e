package org.clickmill.jobs.kernel;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * One run of a command: what it works on, under which name, and who watches.
 *
 * @param warehouse where it reads and publishes
 * @param configuration the settings; jobs take copies
 * @param id names the run in manifests and staging folders; unique
 * @param started when the run began; everything that depends on the time of day asks here
 * @param progress is told how far the jobs are
 * @param smallJobs where its small jobs run
 */
public record Run(
    Warehouse warehouse,
    Configuration configuration,
    String id,
    Instant started,
    Progress progress,
    SmallJobs smallJobs) {
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  public static Run start(
      Warehouse warehouse, Configuration configuration, Clock clock, Progress progress) {
    var now = clock.instant();
    var random = String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(1 << 24));
    return new Run(
        warehouse,
        configuration,
        ID_TIME.format(now) + "-" + random,
        now,
        progress,
        SmallJobs.NONE);
  }

  /** A step of this run, with a staging folder of its own. */
  public Run step(String name) {
    return new Run(warehouse, configuration, id + "." + name, started, progress, smallJobs);
  }

  /** This run with other settings. */
  public Run with(Configuration other) {
    return new Run(warehouse, other, id, started, progress, smallJobs);
  }

  /** This run with another place for its small jobs. */
  public Run with(SmallJobs other) {
    return new Run(warehouse, configuration, id, started, progress, other);
  }

  /** Is told how far a job is. */
  @FunctionalInterface
  public interface Progress {
    Progress SILENT = (job, fraction) -> {};

    /**
     * @param job what is running, in words for the user
     * @param fraction 0 to 1
     */
    void report(String job, double fraction);

    /**
     * Takes the size of a job's input, where it is known, before the job starts.
     *
     * @param job as in {@link #report}
     */
    default void input(String job, long bytes) {}
  }
}
