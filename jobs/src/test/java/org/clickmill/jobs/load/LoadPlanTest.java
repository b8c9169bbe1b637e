package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.jobs.load.Commit.LostRange;
import org.clickmill.jobs.load.Commit.PartitionProgress;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
  private static PartitionOffsets clicks(int partition, long earliest, long end) {
    return new PartitionOffsets("clicks", "id-1", partition, earliest, end);
  }

  /** A commit that ends at an offset of each partition of a topic. */
  private static Commit commit(String topic, long... ends) {
    var partitions = new ArrayList<PartitionProgress>();
    for (int i = 0; i < ends.length; i++) {
      partitions.add(
          new PartitionProgress(topic, i, 0, ends[i], RangeCounts.NONE, RangeCounts.NONE));
    }
    return new Commit(
        7,
        1,
        "run",
        "user",
        "suite",
        Instant.EPOCH,
        Instant.EPOCH,
        "mapping",
        List.of(new Commit.Topic(topic, "id-1")),
        partitions,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  private static LoadPlan plan(Commit last, PartitionOffsets... found) throws InterruptedException {
    return LoadPlan.of(last, List.of(found), PartitionOffsets::earliest);
  }

  @Test
  void rangesGoFromTheLastCommitToTheEnd() throws InterruptedException {
    var plan = plan(commit("clicks", 10, 20), clicks(0, 0, 15), clicks(1, 5, 20));
    assertThat(plan.ranges())
        .containsExactly(
            new OffsetRange("clicks", 0, 10, 15), new OffsetRange("clicks", 1, 20, 20));
    assertThat(plan.toRead()).containsExactly(new OffsetRange("clicks", 0, 10, 15));
    assertThat(plan.isNew()).isFalse();
    assertThat(plan.lost()).isEmpty();
  }

  @Test
  void topicThatWasNeverLoadedBeginsWhereItIsTold() throws InterruptedException {
    var plan = LoadPlan.of(null, List.of(clicks(0, 3, 15)), partition -> 12);
    assertThat(plan.ranges()).containsExactly(new OffsetRange("clicks", 0, 12, 15));
    assertThat(plan.isNew()).isTrue();
  }

  @Test
  void partitionThatWasAddedIsReadFromItsFirstRecordOnAndItsLossTold() throws InterruptedException {
    var plan = plan(commit("clicks", 10), clicks(0, 0, 10), clicks(1, 4, 9));
    assertThat(plan.isNew()).isTrue();
    assertThat(plan.ranges()).contains(new OffsetRange("clicks", 1, 4, 9));
    assertThat(plan.lost())
        .containsExactly(
            new LostRange(
                "clicks", 1, 0, 4, "deleted by the topic's retention before it was loaded"));
    assertThatThrownBy(plan::requireNothingLost)
        .hasMessageContaining("clicks-1 [0, 4): deleted by the topic's retention")
        .hasMessageContaining("--accept-data-loss");
  }

  @Test
  void topicOfAnotherIdIsAnotherTopic() throws InterruptedException {
    var plan =
        plan(commit("clicks", 10, 20, 30), new PartitionOffsets("clicks", "id-2", 0, 0, 100));
    assertThat(plan.ranges()).containsExactly(new OffsetRange("clicks", 0, 0, 100));
    assertThat(plan.lost())
        .singleElement()
        .hasToString(
            "clicks-0 [10, ?): the topic was deleted and created again, so its offsets are other"
                + " records'");
  }

  @Test
  void partitionBehindItsCommitIsNotReady() {
    assertThatThrownBy(() -> plan(commit("clicks", 10), clicks(0, 0, 9)))
        .hasMessageStartingWith(
            "Cannot load clicks-0: offset 10 is committed, but the partition ends at 9.")
        .extracting(failure -> ((ClickmillException) failure).failure())
        .isEqualTo(Failure.NOT_READY);
  }

  @Test
  void topicThatFeedsTheWarehouseMustBeNamed() {
    assertThatThrownBy(() -> plan(commit("orders", 10), clicks(0, 0, 9)))
        .hasMessageStartingWith("Cannot load without topic 'orders': it feeds this warehouse");
  }
}
