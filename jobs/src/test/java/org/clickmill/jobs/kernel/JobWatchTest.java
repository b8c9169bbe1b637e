package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.FakeJob.Answer;
import org.junit.jupiter.api.Test;

final class JobWatchTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void jobThatIsUnknownForAWhileIsAskedForAgain() throws Exception {
    var job = submitted(Answer.UNKNOWN, Answer.RUNNING, Answer.UNKNOWN, Answer.SUCCEEDED);
    var told = new ArrayList<Double>();
    assertThat(watch(job, () -> false, LONG).await(told::add)).isTrue();
    assertThat(told).containsExactly(0.5);
  }

  @Test
  void jobThatStaysUnknownIsAnError() throws Exception {
    var watch = watch(submitted(Answer.UNKNOWN), () -> false, Duration.ZERO);
    assertThatThrownBy(() -> watch.await(progress -> {}))
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith(
            "Cannot learn how the job clickmill sessions (job_1_0002) ended, and nothing of it was"
                + " published: Job status not available.");
  }

  @Test
  void taskThatFailedIsToldOfAJobThatStaysUnknown() throws Exception {
    var told = ClickmillException.failed("Cannot read %s", "cut.csv.gz");
    var watch =
        new JobWatch(
            submitted(Answer.UNKNOWN), () -> false, () -> Optional.of(told), Duration.ZERO);
    assertThatThrownBy(() -> watch.await(progress -> {}))
        .isSameAs(told)
        .satisfies(
            e ->
                assertThat(e.getSuppressed()[0])
                    .hasMessageStartingWith("Cannot learn how the job clickmill sessions"));
  }

  @Test
  void jobThatFailedIsNotAskedForAgain() throws Exception {
    var watch = watch(submitted(Answer.FAILED), () -> false, Duration.ZERO);
    assertThat(watch.await(progress -> {})).isFalse();
  }

  @Test
  void jobThatWasCommittedIsCompleteWhateverTheHistoryServerKnows() throws Exception {
    for (var answer : List.of(Answer.UNKNOWN, Answer.FAILED, Answer.RUNNING)) {
      var watch = watch(submitted(answer), () -> true, Duration.ZERO);
      assertThat(watch.await(progress -> {})).as("%s", answer).isTrue();
    }
  }

  @Test
  void jobThatIsCommittedWhileItIsAskedForHasSucceeded() throws Exception {
    var committed = List.of(false, true).iterator();
    var watch = watch(submitted(Answer.FAILED), committed::next, Duration.ZERO);
    assertThat(watch.await(progress -> {})).isTrue();
  }

  private static JobWatch watch(
      FakeJob job, JobWatch.Question<Boolean> isCommitted, Duration patience) {
    return new JobWatch(job, isCommitted, Optional::empty, patience);
  }

  private static FakeJob submitted(Answer... answers) throws Exception {
    var job = new FakeJob(answers);
    job.submit();
    return job;
  }
}
