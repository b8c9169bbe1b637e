package org.clickmill.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.live.LiveState.BucketFiles;
import org.clickmill.jobs.live.LiveState.Summary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An update that is slow replaces neither a switched day nor what a newer state has published. */
final class LivePublisherTest {
  private static final String DAY = "dt=2024-03-01";

  @TempDir private java.nio.file.Path folder;
  private LocalWarehouse local;

  @BeforeEach
  void createWarehouse() throws IOException {
    local = new LocalWarehouse(folder);
  }

  @Test
  void aDayThatIsSwitchedStaysSwitched() throws IOException {
    publish(day("first", 1));
    publisher().publishBatch(DAY);

    publish(day("second", 2));

    assertThat(Live.isBatch(manifest(Live.LIVE_SUMMARY))).isTrue();
    assertThat(Live.isBatch(manifest(Live.LIVE_SALES))).isTrue();
  }

  @Test
  void aDayThatIsSwitchedDuringAnUpdateStaysSwitched() throws IOException {
    publish(day("first", 1));
    var slow = publisher();
    var before = slow.read(DAY);
    publisher().publishBatch(DAY);

    assertThatThrownBy(() -> slow.publish(before, day("second", 2)))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Cannot publish live_sales/" + DAY)
        .hasMessageContaining("(run again)");
    assertThat(Live.isBatch(manifest(Live.LIVE_SUMMARY))).isTrue();
    assertThat(Live.isBatch(manifest(Live.LIVE_SALES))).isTrue();
  }

  @Test
  void aNewerStateThatIsPublishedDuringAnUpdateStays() throws IOException {
    var slow = publisher();
    var before = slow.read(DAY);
    publish(day("newer", 5));

    assertThatThrownBy(() -> slow.publish(before, day("older", 4)))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("(run again)");
    assertThat(manifest(Live.LIVE_SUMMARY).settings()).containsEntry(Live.STATE, "newer");
    assertThat(manifest(Live.LIVE_SALES).settings()).containsEntry(Live.STATE, "newer");
  }

  @Test
  void aStateIsNotTheNewestWhenAnotherIsCommitted() throws IOException {
    var states = new LiveStates(local.warehouse());
    states.requireNewest(1);
    for (long sequence = 1; sequence <= 2; sequence++) {
      var state =
          new LiveState(
              LiveState.FORMAT_VERSION, sequence, "run" + sequence, 1, "EVENT_ID", new TreeMap<>());
      assertThat(states.create(state)).isTrue();
      states.requireNewest(sequence);
    }
    assertThatThrownBy(() -> states.requireNewest(1))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Cannot update the live tables: another run has done so first (run again)");
  }

  @Test
  void whatIsReplacedStaysForAMinuteAndTheLastOfItLonger() throws IOException {
    publish(day("first", 1));
    publish(day("second", 2));
    publish(day("third", 3));
    assertThat(trash()).containsExactlyInAnyOrder("r1", "r2");
    long before = System.currentTimeMillis() - TimeUnit.MINUTES.toMillis(2);
    for (var revision : trash()) {
      local.warehouse().fileSystem().setTimes(new Path(trashFolder(), revision), before, -1);
    }

    publish(day("fourth", 4));

    assertThat(trash()).containsExactly("r3");
  }

  private Path trashFolder() {
    return new Path(local.warehouse().root(), "_trash/live_summary/" + DAY);
  }

  private List<String> trash() throws IOException {
    return Arrays.stream(local.warehouse().disk().list(trashFolder()))
        .map(status -> status.getPath().getName())
        .toList();
  }

  private LivePublisher publisher() {
    return new LivePublisher(local.run());
  }

  private void publish(LiveState.Day day) throws IOException {
    var publisher = publisher();
    publisher.publish(publisher.read(DAY), day);
  }

  private Manifest manifest(String table) throws IOException {
    return local.warehouse().manifest(LivePublisher.partition(table, DAY)).orElseThrow();
  }

  /** A day with some views in its first five minutes. */
  private static LiveState.Day day(String run, long views) {
    var buckets = new TreeMap<Integer, BucketFiles>();
    buckets.put(0, new BucketFiles("events", "rows", new Summary(views, views, 1, 0, 0, 0)));
    return new LiveState.Day(run, views, 0, buckets, new TreeMap<>(), List.of());
  }
}
