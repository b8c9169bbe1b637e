package org.clickmill.drivers.cli;

import org.clickmill.jobs.kernel.Run;

/** Shows how far each job is, one progress display a job. */
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
    if (!job.equals(title)) {
      close();
      title = job;
      progress = console.progress(job, "%", PER_CENT);
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
