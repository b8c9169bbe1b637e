package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobWatchTest {
  private static final IOException UNKNOWN = new IOException("Job status not available");

  private final Job job = mock(Job.class);

  @BeforeEach
  void poll() {
    var configuration = new Configuration(false);
    configuration.setInt(Job.PROGRESS_MONITOR_POLL_INTERVAL_KEY, 1);
    when(job.getConfiguration()).thenReturn(configuration);
    when(job.getJobName()).thenReturn("clickmill sessions");
    when(job.getJobID()).thenReturn(new JobID("1", 2));
  }

  @Test
  void jobOfWhichNobodyKnowsForAWhileIsAskedForAgain() throws Exception {
    var watch = new JobWatch(job, Duration.ofMinutes(1));
    when(job.isComplete()).thenThrow(UNKNOWN).thenReturn(false).thenThrow(UNKNOWN).thenReturn(true);
    when(job.mapProgress()).thenThrow(UNKNOWN).thenReturn(1f);
    when(job.isSuccessful()).thenThrow(UNKNOWN).thenReturn(true);
    var counters = new Counters();
    when(job.getCounters()).thenReturn(null, counters);
    var told = new ArrayList<Double>();
    assertThat(watch.await(told::add)).isTrue();
    assertThat(told).containsExactly(0.5);
    assertThat(watch.counters()).isSameAs(counters);
  }

  @Test
  void jobOfWhichNobodyKnowsAnyMoreIsAnError() throws Exception {
    var watch = new JobWatch(job, Duration.ZERO);
    when(job.isComplete()).thenThrow(UNKNOWN);
    assertThatThrownBy(() -> watch.await(progress -> {}))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith(
            "Cannot learn how the job clickmill sessions (job_1_0002) ended: Job status not"
                + " available.");
    assertThatThrownBy(watch::counters).hasMessageContaining("the history server does not know it");
  }

  @Test
  void jobThatFailedIsNotAskedForAgain() throws Exception {
    when(job.isComplete()).thenReturn(true);
    when(job.isSuccessful()).thenReturn(false);
    assertThat(new JobWatch(job, Duration.ZERO).await(progress -> {})).isFalse();
  }
}
