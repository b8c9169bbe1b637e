package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;

/** Where jobs run that are too small for containers of their own. Used by several threads. */
public interface SmallJobs {
  /** There is no such place: each job has containers of its own. */
  SmallJobs NONE = (job, waiting) -> Optional.empty();

  /**
   * A job that ended well.
   *
   * @param id under which its tasks reported
   * @param maps the number of its map tasks
   */
  record Ended(JobID id, int maps) {}

  /**
   * Runs a job to its end, if it is small.
   *
   * @param waiting is called often meanwhile
   * @return how it ended; empty if it is to run in containers of its own, since it is not small or
   *     did not end well here
   */
  Optional<Ended> run(Job job, Runnable waiting) throws IOException, InterruptedException;
}
