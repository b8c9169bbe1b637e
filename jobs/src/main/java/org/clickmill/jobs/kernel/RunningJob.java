package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.util.ShutdownHookManager;
import org.clickmill.formats.failure.ClickmillException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that has been submitted. It is killed if its driver ends before it does, whether by a
 * failure, an interrupt or a signal to the process: nobody would publish what it writes.
 */
public final class RunningJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

  /** Before the file systems are closed, which a kill may need. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 20;

  private static final long HOOK_SECONDS = 30;

  private final Job job;
  private final Runnable hook = this::kill;

  /** Whether it was submitted and has neither ended nor been killed. */
  private boolean isRunning;

  private RunningJob(Job job) {
    this.job = job;
  }

  /** Submits a job; a signal during that kills it afterwards. */
  public static RunningJob submit(Job job) throws IOException, InterruptedException {
    var running = new RunningJob(job);
    boolean isSubmitted = false;
    try {
      running.submit();
      isSubmitted = true;
      return running;
    } finally {
      if (!isSubmitted) {
        running.close();
      }
    }
  }

  private synchronized void submit() throws IOException, InterruptedException {
    // The tasks of a local job are in this process, and end with it.
    if (!Slots.isLocal(job.getConfiguration())) {
      if (ShutdownHookManager.get().isShutdownInProgress()) {
        throw ClickmillException.failed(
            "Cannot start the job %s: the process is ending", job.getJobName());
      }
      ShutdownHookManager.get()
          .addShutdownHook(hook, HOOK_PRIORITY, HOOK_SECONDS, TimeUnit.SECONDS);
    }
    try {
      job.submit();
      isRunning = true;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** To be called when the job has ended by itself. */
  public synchronized void ended() {
    isRunning = false;
  }

  private synchronized void kill() {
    if (!isRunning) {
      return;
    }
    isRunning = false;
    // Hadoop's client does nothing in a thread that is interrupted.
    boolean wasInterrupted = Thread.interrupted();
    try {
      job.killJob();
    } catch (IOException e) {
      LOG.warn("Cannot kill the job {} ({})", job.getJobName(), job.getJobID(), e);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    kill();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
