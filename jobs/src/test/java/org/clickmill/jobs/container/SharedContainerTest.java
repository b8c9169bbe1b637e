package org.clickmill.jobs.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.SmallJobs.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver's side: what becomes of jobs whose container ends, with containers that do nothing.
 */
final class SharedContainerTest {
  private final List<FakeContainer> containers = new ArrayList<>();
  @TempDir private Path folder;
  private LocalWarehouse local;
  private SharedContainer shared;

  /** What the next containers do with the jobs that they find. */
  private final List<Behaviour> behaviours = new ArrayList<>();

  /** What a container does while the driver waits. */
  private interface Behaviour {
    void act(FakeContainer container) throws IOException;
  }

  /** A container that does what the test says, whenever it is looked at. */
  private static final class FakeContainer implements ContainerJob {
    private final JobFolder folder;
    private boolean isComplete;
    private boolean mayEnd;
    private boolean isKilled;

    /** How many more times nobody knows how it is. */
    private int silence;

    FakeContainer(JobFolder folder) {
      this.folder = folder;
    }

    /** Answers all jobs that are there. */
    void answer() throws IOException {
      for (int number = 0; folder.job(number).isPresent(); number++) {
        if (folder.answer(number).isEmpty()) {
          folder.putAnswer(number, new Answer("job_local1_000" + (number + 1), 1, null, false));
        }
      }
    }

    void endForLackOfJobs() throws IOException {
      folder.close();
      isComplete = true;
    }

    void die() {
      isComplete = true;
    }

    @Override
    public boolean isComplete() throws IOException {
      if (silence > 0) {
        silence--;
        throw new IOException("Job status not available");
      }
      return isComplete;
    }

    @Override
    public void ended() {
      mayEnd = true;
    }

    @Override
    public void close() {
      isKilled = !mayEnd && !isComplete;
    }
  }

  @BeforeEach
  void open() throws IOException {
    local = new LocalWarehouse(folder);
    // No cluster is asked: containers are those of the test.
    local.set("mapreduce.framework.name", "yarn");
    shared = new SharedContainer(local.run(), this::launch, Duration.ofMinutes(1));
  }

  @AfterEach
  void close() throws IOException {
    shared.close();
    assertThat(local.warehouse().disk().list(staging())).isEmpty();
  }

  private ContainerJob launch(Run run) {
    var warehouse = run.warehouse();
    var container =
        new FakeContainer(new JobFolder(warehouse.fileSystem(), warehouse.stagingOf(run.id())));
    containers.add(container);
    return container;
  }

  private org.apache.hadoop.fs.Path staging() {
    return new org.apache.hadoop.fs.Path(local.warehouse().root(), "_staging");
  }

  @Test
  void jobsRunInOneContainer() throws Exception {
    behaviours.add(FakeContainer::answer);
    assertThat(run()).map(Ended::maps).contains(1);
    assertThat(run()).map(ended -> ended.id().toString()).contains("job_local1_0002");
    assertThat(containers).hasSize(1);
    shared.close();
    assertThat(containers.get(0).mayEnd).isTrue();
    assertThat(containers.get(0).isKilled).isFalse();
  }

  @Test
  void jobThatComesWhenTheContainerHasEndedRunsInTheNextOne() throws Exception {
    behaviours.add(FakeContainer::answer);
    behaviours.add(FakeContainer::answer);
    assertThat(run()).isPresent();
    containers.get(0).endForLackOfJobs();
    assertThat(run()).isPresent();
    assertThat(containers).hasSize(2);
  }

  @Test
  void jobThatComesWhileTheContainerEndsRunsInTheNextOne() throws Exception {
    behaviours.add(FakeContainer::endForLackOfJobs);
    behaviours.add(FakeContainer::answer);
    assertThat(run()).isPresent();
    assertThat(containers).hasSize(2);
  }

  @Test
  void jobWhoseContainerDiesRunsByItselfAndAfterTwoDeathsAllDo() throws Exception {
    behaviours.add(FakeContainer::die);
    behaviours.add(FakeContainer::die);
    for (int job = 0; job < 3; job++) {
      assertThat(run()).isEmpty();
    }
    assertThat(containers).hasSize(2);
  }

  @Test
  void containerOfWhichNothingIsKnownForLongIsTakenForDead() throws Exception {
    shared = new SharedContainer(local.run(), this::launch, Duration.ZERO);
    behaviours.add(container -> container.silence = Integer.MAX_VALUE);
    assertThat(run()).isEmpty();
    assertThat(containers).hasSize(1);
  }

  @Test
  void containerOfWhichNothingIsKnownForAWhileIsWaitedFor() throws Exception {
    var hasBegun = new AtomicBoolean();
    behaviours.add(
        container -> {
          if (!hasBegun.getAndSet(true)) {
            container.silence = 2;
          } else if (container.silence == 0) {
            container.answer();
          }
        });
    assertThat(run()).isPresent();
    assertThat(containers).hasSize(1);
  }

  @Test
  void jobThatFailsInTheContainerRunsByItself() throws Exception {
    behaviours.add(container -> container.folder.putAnswer(0, Answer.failed("no disk")));
    assertThat(run()).isEmpty();
    assertThat(containers).hasSize(1);
  }

  @Test
  void nothingIsTriedAgainInAContainerThatCannotRunJobs() throws Exception {
    behaviours.add(container -> container.folder.putAnswer(0, Answer.hopeless("no library")));
    assertThat(run()).isEmpty();
    assertThat(run()).isEmpty();
    assertThat(containers.get(0).folder.job(1)).isEmpty();
    assertThat(containers).hasSize(1);
  }

  @Test
  void jobThatComesWhenTheDriverIsDoneRunsByItself() throws Exception {
    behaviours.add(FakeContainer::answer);
    assertThat(run()).isPresent();
    shared.close();
    assertThat(run()).isEmpty();
    assertThat(containers).hasSize(1);
  }

  @Test
  void jobThatWaitsWhenTheDriverIsDoneRunsByItself() throws Exception {
    behaviours.add(
        container -> {
          container.endForLackOfJobs();
          shared.close();
        });
    assertThat(run()).isEmpty();
    assertThat(containers).hasSize(1);
  }

  @Test
  void containerWithWorkLeftIsKilled() throws Exception {
    behaviours.add(
        container -> {
          shared.close();
          container.die();
        });
    assertThat(run()).isEmpty();
    assertThat(containers.get(0).isKilled).isTrue();
  }

  @Test
  void jobThatIsNotSmallRunsByItself() throws Exception {
    local.set("clickmill.small-jobs.input-mb", 0);
    assertThat(run()).isEmpty();
    assertThat(containers).isEmpty();
  }

  private Optional<Ended> run() throws Exception {
    var configuration = new org.apache.hadoop.conf.Configuration(local.configuration());
    var job = Job.getInstance(configuration, "small");
    job.setInputFormatClass(BundleInputFormat.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setMapOutputKeyClass(NullWritable.class);
    var list = new org.apache.hadoop.fs.Path(folder.toString(), "list");
    BundleInputFormat.configure(
        job.getConfiguration(),
        local.warehouse().fileSystem(),
        list,
        List.of(BundleInputFormat.item(1, "item")));
    return shared.run(job, this::act);
  }

  /** Each container does what it has to once it has a job. */
  private void act() {
    try {
      int newest = containers.size() - 1;
      behaviours.get(newest).act(containers.get(newest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
