package org.clickmill.jobs.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.push.SentRows.Share;
import org.junit.jupiter.api.Test;

class SentPartitionsTest {
  private static final LocalDate DAY = LocalDate.of(2024, 2, 28);

  /** A record of a topic: a tombstone if it has no row. */
  private record Sent(String path, String key, boolean hasRow) {}

  private final List<Sent> topic = new ArrayList<>();
  private final List<LocalDate> reads = new ArrayList<>();

  @Test
  void topicIsReadOnceForAllPartitionsThatFit() throws InterruptedException {
    for (int day = 0; day < 100; day++) {
      topic.add(new Sent(partition(day).path(), "a", true));
    }
    var partitions = of(100, 100);
    for (int day = 0; day < 100; day++) {
      assertThat(partitions.take(partition(day), later -> {}).left()).hasSize(1);
    }
    assertThat(reads).containsExactly(DAY);
  }

  @Test
  void partitionsThatDoNotFitAreReadLater() throws InterruptedException {
    for (int day = 5; day >= 0; day--) {
      topic.add(new Sent(partition(day).path(), "a", true));
      topic.add(new Sent(partition(day).path(), "b", true));
    }
    var partitions = of(6, 5);
    for (int day = 0; day < 6; day++) {
      assertThat(partitions.take(partition(day), later -> {}).left()).hasSize(2);
    }
    assertThat(reads).containsExactly(DAY, DAY.plusDays(2), DAY.plusDays(4));
  }

  @Test
  void partitionThatIsAskedForAgainIsReadAnew() throws InterruptedException {
    topic.add(new Sent(partition(0).path(), "a", true));
    var partitions = of(2, 10);
    var first = partitions.take(partition(0), later -> {});
    first.left().clear();
    topic.add(new Sent(partition(0).path(), "b", true));
    assertThat(partitions.take(partition(0), later -> {}).left()).hasSize(2);
    assertThat(partitions.take(partition(1), later -> {}).left()).isEmpty();
    assertThat(reads).containsExactly(DAY, DAY);
  }

  @Test
  void everyKeyIsFoundOnceWhateverFits() throws InterruptedException {
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    System.out.println("SentPartitionsTest seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      topic.clear();
      reads.clear();
      int days = 1 + random.nextInt(6);
      int limit = 2 + random.nextInt(40);
      var expected = new HashMap<String, Set<String>>();
      for (int i = random.nextInt(300); i > 0; i--) {
        var path = partition(random.nextInt(days)).path();
        var key = path + random.nextInt(60);
        boolean hasRow = random.nextInt(4) > 0;
        topic.add(new Sent(path, key, hasRow));
        var keys = expected.computeIfAbsent(path, unused -> new HashSet<>());
        if (hasRow) {
          keys.add(key);
        } else {
          keys.remove(key);
        }
      }
      expected.values().removeIf(Set::isEmpty);
      assertThat(found(of(days, limit), days, limit))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  private static Map<String, Set<String>> found(SentPartitions partitions, int days, int limit)
      throws InterruptedException {
    var found = new HashMap<String, Set<String>>();
    for (int day = 0; day < days; day++) {
      var shares = new ArrayDeque<Share>();
      var partition = partition(day);
      var rows = partitions.take(partition, shares::push);
      add(rows, partition, limit, found);
      while (!shares.isEmpty()) {
        add(partitions.take(partition, shares.pop(), shares::push), partition, limit, found);
      }
    }
    return found;
  }

  private static void add(
      SentRows rows, Partition partition, int limit, Map<String, Set<String>> found) {
    assertThat(rows.left()).hasSizeLessThanOrEqualTo(limit);
    for (var key : rows.left()) {
      assertThat(rows.share().has(key)).isTrue();
      var keys = found.computeIfAbsent(partition.path(), unused -> new HashSet<>());
      assertThat(keys.add(new String(key.array(), UTF_8))).isTrue();
    }
  }

  private SentPartitions of(int days, int limit) {
    var wanted = new ArrayList<String>();
    for (int day = 0; day < days; day++) {
      wanted.add(partition(day).path());
    }
    return new SentPartitions(
        (from, handler) -> {
          reads.add(from);
          topic.forEach(
              sent ->
                  handler.put(
                      sent.path(),
                      sent.key().getBytes(UTF_8),
                      sent.hasRow() ? new byte[16] : null));
        },
        wanted,
        limit);
  }

  private static Partition partition(int day) {
    return Partition.ofDay("products", DAY.plusDays(day));
  }
}
