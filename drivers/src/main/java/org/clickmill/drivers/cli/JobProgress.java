package org.clickmill.drivers.cli;

import org.clickmill.jobs.kernel.Run;

/** Shows how far a job is; of several that run side by side, the one that began first. */
final class JobProgress implements Run.Progress, AutoCloseable {
  private static final int PER_CENT = 100;

  private final Console console;
  private String title;
  private Progress progress;

  JobProgress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void report(String job, double fraction) {
    if (title != null && !job.equals(title)) {
      return;
    }
    if (title == null) {
      title = job;
      progress = console.progress("% of " + job, PER_CENT);
    }
    progress.reached(Math.round(fraction * PER_CENT));
    if (fraction >= 1) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (progress != null) {
      progress.close();
      progress = null;
      title = null;
    }
  }
}
