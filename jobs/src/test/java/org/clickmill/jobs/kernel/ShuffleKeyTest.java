package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.junit.jupiter.api.Test;

final class ShuffleKeyTest {
  private static final BytesWritable VALUE = new BytesWritable();

  @Test
  void tableAndDayComeBack() {
    for (var day : new String[] {"1900-01-01", "1969-12-31", "1970-01-01", "2019-10-01"}) {
      var key = key(19, LocalDate.parse(day), "product");
      assertThat(ShuffleKey.table(key)).isEqualTo(19);
      assertThat(ShuffleKey.start(key)).isEqualTo(day);
      assertThat(key.getLength()).isEqualTo(ShuffleKey.PREFIX + "product".length());
    }
  }

  @Test
  void keysSortByTableThenDayThenTheFoldsKey() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      int tableA = random.nextInt(3);
      int tableB = random.nextInt(3);
      var dayA = LocalDate.ofEpochDay(random.nextInt(-3, 3));
      var dayB = LocalDate.ofEpochDay(random.nextInt(-3, 3));
      var textA = Integer.toString(random.nextInt(12));
      var textB = Integer.toString(random.nextInt(12));
      int expected = Integer.compare(tableA, tableB);
      expected = expected != 0 ? expected : dayA.compareTo(dayB);
      expected = expected != 0 ? expected : textA.compareTo(textB);
      int order = key(tableA, dayA, textA).compareTo(key(tableB, dayB, textB));
      assertThat(Integer.signum(order)).as("seed %d", seed).isEqualTo(Integer.signum(expected));
    }
  }

  @Test
  void partitionOfATableGoesToOneReducer() {
    var toReducers = toReducers(1);
    var day = LocalDate.parse("1969-12-30");
    for (int table = 0; table < 3; table++) {
      assertThat(reducers(toReducers, table, day, 5)).hasSize(1);
    }
    assertThat(toReducers.getPartition(key(0, day, "a"), VALUE, 5))
        .isNotEqualTo(toReducers.getPartition(key(0, day.plusDays(1), "a"), VALUE, 5));
  }

  @Test
  void largePartitionIsSpreadOverAsManyAsItNeeds() {
    var day = LocalDate.parse("2019-10-01");
    assertThat(reducers(toReducers(3), 0, day, 5)).hasSize(3);
    assertThat(reducers(toReducers(5), 0, day, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void keysOfOneHashGoToOneReducer() {
    var configuration = new Configuration(false);
    configuration.set(ShuffleKey.ToReducers.HASHED, "8,8,8");
    var day = LocalDate.parse("2019-10-01");
    var all = new HashSet<Integer>();
    for (int hash = 0; hash < 100; hash++) {
      var ofHash = new HashSet<Integer>();
      for (int event = 0; event < 20; event++) {
        var key = key(0, day, (10_000_000 + hash) + " and event " + event);
        ofHash.add(toReducers(7, configuration).getPartition(key, VALUE, 7));
      }
      assertThat(ofHash).hasSize(1);
      all.addAll(ofHash);
    }
    assertThat(all).hasSize(7);
  }

  private static ShuffleKey.ToReducers toReducers(int spread) {
    return toReducers(spread, new Configuration(false));
  }

  private static ShuffleKey.ToReducers toReducers(int spread, Configuration configuration) {
    configuration.set(ShuffleKey.ToReducers.SPREAD, spread + "," + spread + "," + spread);
    var toReducers = new ShuffleKey.ToReducers();
    toReducers.setConf(configuration);
    return toReducers;
  }

  private static Set<Integer> reducers(
      ShuffleKey.ToReducers toReducers, int table, LocalDate day, int reducers) {
    var used = new HashSet<Integer>();
    for (int product = 0; product < 1000; product++) {
      used.add(toReducers.getPartition(key(table, day, "p" + product), VALUE, reducers));
    }
    assertThat(used).allMatch(reducer -> reducer >= 0 && reducer < reducers);
    return used;
  }

  private static BytesWritable key(int table, LocalDate day, String text) {
    var target = new BytesWritable();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var key = new ByteReader().reset(utf8, 0, utf8.length);
    ShuffleKey.set(target, new ByteWriter(), table, Math.toIntExact(day.toEpochDay()), key);
    return target;
  }
}
