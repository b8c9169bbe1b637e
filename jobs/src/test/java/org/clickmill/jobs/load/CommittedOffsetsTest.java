package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.load.Commit.PartitionProgress;
import org.junit.jupiter.api.Test;

/** Whether an event was loaded by some commits follows from where it stood in Kafka. */
final class CommittedOffsetsTest {
  @Test
  void offsetsAreThoseOfEachCommit() {
    var offsets = CommittedOffsets.of(List.of(commit(4, 10, 20), commit(5, 20, 30)));
    assertThat(offsets.contain(event("clicks", 0, 9))).isFalse();
    assertThat(offsets.contain(event("clicks", 0, 10))).isTrue();
    assertThat(offsets.contain(event("clicks", 0, 29))).isTrue();
    assertThat(offsets.contain(event("clicks", 0, 30))).isFalse();
    assertThat(offsets.contain(event("clicks", 1, 10))).isFalse();
    assertThat(offsets.contain(event("orders", 0, 10))).isFalse();
  }

  @Test
  void aTopicThatWasCreatedAgainHasOneRangeForEachLife() {
    var offsets = CommittedOffsets.of(List.of(commit(4, 100, 120), commit(5, 0, 7)));
    assertThat(offsets.contain(event("clicks", 0, 119))).isTrue();
    assertThat(offsets.contain(event("clicks", 0, 6))).isTrue();
    assertThat(offsets.contain(event("clicks", 0, 50))).isFalse();
  }

  @Test
  void eventsOfAnImportWereNotLoaded() {
    var imported = new Row(EventRows.SCHEMA);
    assertThat(CommittedOffsets.isLoaded(imported)).isFalse();
    assertThat(CommittedOffsets.of(List.of(commit(1, 0, 9))).contain(imported)).isFalse();
    assertThat(CommittedOffsets.isLoaded(event("clicks", 0, 1))).isTrue();
    assertThat(CommittedOffsets.of(List.of()).contain(event("clicks", 0, 1))).isFalse();
  }

  private static Row event(String topic, int partition, long offset) {
    var row = new Row(EventRows.SCHEMA);
    row.setText(EventColumn.SOURCE_NAME.position(), topic);
    row.setLong(EventColumn.SOURCE_PARTITION.position(), partition);
    row.setLong(EventColumn.SOURCE_OFFSET.position(), offset);
    return row;
  }

  private static Commit commit(long sequence, long start, long end) {
    return new Commit(
        sequence,
        1,
        "run",
        "user",
        "suite",
        Instant.EPOCH,
        Instant.EPOCH,
        "mapping",
        List.of(new Commit.Topic("clicks", "id")),
        List.of(new PartitionProgress("clicks", 0, start, end, null, null)),
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null);
  }
}
