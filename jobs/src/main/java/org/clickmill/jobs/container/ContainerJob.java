package org.clickmill.jobs.container;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.RunningJob;
import org.clickmill.jobs.kernel.StagedJob;

/** The job on the cluster that a shared container is. */
interface ContainerJob extends AutoCloseable {
  /** Asks for a container. */
  @FunctionalInterface
  interface Launcher {
    /**
     * Starts a container.
     *
     * @param run the step in whose staging folder its jobs are exchanged
     */
    ContainerJob launch(Run run) throws IOException, InterruptedException;
  }

  /** Whether it has ended, however. */
  boolean isComplete() throws IOException, InterruptedException;

  /** To be called when it will end by itself. */
  void ended();

  /** Kills it, unless it ends by itself. */
  @Override
  void close();

  /** Submits it to the cluster of the run's settings. */
  static ContainerJob submit(Run run) throws IOException, InterruptedException {
    var staged = new StagedJob(run, "small jobs", SharedContainer.class);
    Job job = staged.job();
    job.setMapperClass(ContainerMapper.class);
    job.setInputFormatClass(BundleInputFormat.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setNumReduceTasks(0);
    // Whatever happens to it, its jobs run elsewhere.
    job.setMaxMapAttempts(1);
    job.getConfiguration().setInt(MRJobConfig.MR_AM_MAX_ATTEMPTS, 1);
    BundleInputFormat.configure(
        job.getConfiguration(),
        run.warehouse().fileSystem(),
        staged.file("begin.json"),
        List.of(BundleInputFormat.item(0, "begin")));
    staged.secure();
    var running = RunningJob.submit(job);
    return new ContainerJob() {
      @Override
      public boolean isComplete() throws IOException, InterruptedException {
        return job.isComplete();
      }

      @Override
      public void ended() {
        running.ended();
      }

      @Override
      public void close() {
        running.close();
      }
    };
  }
}
