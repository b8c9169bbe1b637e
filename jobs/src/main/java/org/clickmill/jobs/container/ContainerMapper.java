package org.clickmill.jobs.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.server.jobtracker.JTConfig;
import org.apache.hadoop.security.UserGroupInformation;
import org.clickmill.jobs.kernel.JobSecurity;
import org.clickmill.jobs.kernel.StagedJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs that come through a {@link JobFolder}, one after the other, until the driver says
 * that there are no more, or none has come for a while: then the driver has died, or others need
 * the container more. Its only record says that it may begin.
 */
final class ContainerMapper extends Mapper<NullWritable, Text, NullWritable, NullWritable> {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerMapper.class);

  private static final long IDLE_NANOSECONDS = TimeUnit.SECONDS.toNanos(30);
  private static final long SHORTEST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 320;
  private static final int JOB_POLL_MILLIS = 10;

  @Override
  protected void map(NullWritable key, Text ignored, Context context)
      throws IOException, InterruptedException {
    var configuration = context.getConfiguration();
    var staging = StagedJob.staging(configuration);
    var folder = new JobFolder(staging.getFileSystem(configuration), staging);
    var scratch = Files.createTempDirectory("small-jobs");
    for (int number = 0; ; number++) {
      var job = await(number, folder, context);
      if (job.isEmpty()) {
        folder.close();
        return;
      }
      folder.putAnswer(number, run(job.get(), scratch, context));
    }
  }

  /** The next job; empty if none will come. */
  private static Optional<Configuration> await(int number, JobFolder folder, Context context)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long pause = SHORTEST_PAUSE_MILLIS;
    while (System.nanoTime() - begin < IDLE_NANOSECONDS) {
      var job = folder.job(number);
      if (job.isPresent()) {
        return job;
      }
      if (folder.isEnded()) {
        return Optional.empty();
      }
      context.progress();
      Thread.sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
    }
    return Optional.empty();
  }

  private static Answer run(Configuration configuration, Path scratch, Context context)
      throws InterruptedException {
    if (JobSecurity.isMissingNativeLibrary(configuration)) {
      return Answer.hopeless(
          "Hadoop's native library, which merging needs with Kerberos, is not in this container");
    }
    try {
      return run(Job.getInstance(localized(configuration, scratch)), context);
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      // The driver runs it again, elsewhere.
      LOG.warn("Cannot run the job {}", configuration.get(MRJobConfig.JOB_NAME), e);
      return Answer.failed(e.toString());
    }
  }

  private static Answer run(Job job, Context context)
      throws IOException, InterruptedException, ClassNotFoundException {
    job.getCredentials().mergeAll(UserGroupInformation.getCurrentUser().getCredentials());
    job.submit();
    while (!job.isComplete()) {
      context.progress();
      Thread.sleep(JOB_POLL_MILLIS);
    }
    return new Answer(
        job.getJobID().toString(),
        job.getConfiguration().getInt(MRJobConfig.NUM_MAPS, 0),
        job.isSuccessful() ? null : "see the log of its tasks",
        false);
  }

  /** The job for the local job runner, with its files in a folder of this container. */
  private static JobConf localized(Configuration configuration, Path scratch) {
    var local = new JobConf(configuration);
    local.set(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
    local.set(MRConfig.LOCAL_DIR, scratch.resolve("local").toString());
    local.set(JTConfig.JT_STAGING_AREA_ROOT, scratch.resolve("staging").toString());
    local.setInt(Job.COMPLETION_POLL_INTERVAL_KEY, JOB_POLL_MILLIS);
    local.setInt(Job.PROGRESS_MONITOR_POLL_INTERVAL_KEY, JOB_POLL_MILLIS);
    // What would be brought to the containers of the job is here already.
    local.unset(MRJobConfig.JAR);
    local.unset("tmpjars");
    local.unset("tmpfiles");
    local.unset("tmparchives");
    // So are the tokens: the file was on the driver's disk.
    local.unset(MRJobConfig.MAPREDUCE_JOB_CREDENTIALS_BINARY);
    return local;
  }
}
