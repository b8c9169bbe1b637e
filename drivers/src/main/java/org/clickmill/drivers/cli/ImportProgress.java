package org.clickmill.drivers.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.clickmill.jobs.kernel.Run;

/**
 * Shows how far an import is, in bytes and with an estimate of the time left. Records are counted
 * by the tasks as they end, so that their number is said by the result alone.
 */
final class ImportProgress implements Run.Progress, AutoCloseable {
  private final InstantSource clock;
  private final StatusLine line;
  private final JobProgress others;
  private String job;
  private BytesProgress bytes;
  private Instant started;

  ImportProgress(InstantSource clock, StatusLine line, JobProgress others) {
    this.clock = clock;
    this.line = line;
    this.others = others;
  }

  @Override
  public synchronized void input(String title, long total) {
    job = title;
    bytes = new BytesProgress(total);
    started = clock.instant();
  }

  @Override
  public synchronized void report(String title, double fraction) {
    if (!title.equals(job)) {
      others.report(title, fraction);
      return;
    }
    line.show(title + ": " + bytes.text(fraction, Duration.between(started, clock.instant())));
    if (fraction >= 1) {
      line.close();
      job = null;
    }
  }

  @Override
  public synchronized void close() {
    line.close();
    others.close();
  }
}
