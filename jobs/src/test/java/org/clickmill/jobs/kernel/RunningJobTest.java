package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.clickmill.jobs.kernel.FakeJob.Answer;
import org.junit.jupiter.api.Test;

/** What becomes of a job whose driver ends; ClusterIT has a process that gets SIGTERM. */
final class RunningJobTest {
  @Test
  void jobThatEndedIsLeftAlone() throws Exception {
    var job = new FakeJob(Answer.SUCCEEDED);
    try (var running = RunningJob.submit(job)) {
      running.ended();
    }
    assertThat(job.kills()).isZero();
  }

  @Test
  void jobOfADriverThatFailsIsKilledOnce() throws Exception {
    var job = new FakeJob(Answer.RUNNING);
    var running = RunningJob.submit(job);
    running.close();
    running.close();
    assertThat(job.kills()).isEqualTo(1);
  }

  @Test
  void jobThatCannotBeSubmittedIsNotKilled() throws Exception {
    var job = new FakeJob(Answer.RUNNING);
    job.failToSubmit();
    assertThatThrownBy(() -> RunningJob.submit(job)).hasMessage("No tokens");
    assertThat(job.kills()).isZero();
  }

  @Test
  void jobIsKilledByAThreadThatIsInterruptedAndStaysSo() throws Exception {
    var job = new FakeJob(Answer.RUNNING);
    var running = RunningJob.submit(job);
    Thread.currentThread().interrupt();
    running.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(job.kills()).isEqualTo(1);
    assertThat(job.wasInterruptedInKill()).isFalse();
  }
}
