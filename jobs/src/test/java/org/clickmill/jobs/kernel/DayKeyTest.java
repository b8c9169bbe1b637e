package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.junit.jupiter.api.Test;

final class DayKeyTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** A key of bytes that are mostly equal, and zero. */
  private byte[] key() {
    byte[] key = new byte[random.nextInt(4)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(3) - 1);
    }
    return key;
  }

  @Test
  void keyAndDayComeBack() {
    for (int i = 0; i < 1000; i++) {
      byte[] key = key();
      long day = random.nextInt(-30_000, 30_000);
      var reader = reader(key, day);
      var found = new ByteWriter();
      DayKey.getKey(reader, found);
      assertThat(Arrays.copyOf(found.bytes(), found.length())).as("seed %d", seed).isEqualTo(key);
      assertThat(DayKey.day(reader)).as("seed %d", seed).isEqualTo(day);
    }
  }

  @Test
  void daysOfAKeyStandTogetherInOrder() {
    var sorted = new ArrayList<byte[]>();
    for (int i = 0; i < 2000; i++) {
      sorted.add(bytes(reader(key(), random.nextInt(-3, 300))));
    }
    sorted.sort(Arrays::compareUnsigned);
    var seen = new HashSet<String>();
    String key = null;
    long day = Long.MIN_VALUE;
    for (byte[] bytes : sorted) {
      var reader = new ByteReader().reset(bytes, 0, bytes.length);
      var found = new ByteWriter();
      DayKey.getKey(reader, found);
      var next = Arrays.toString(Arrays.copyOf(found.bytes(), found.length()));
      if (next.equals(key)) {
        assertThat(DayKey.day(reader)).as("seed %d", seed).isGreaterThanOrEqualTo(day);
      } else {
        assertThat(seen.add(next)).as("%s again, seed %d", next, seed).isTrue();
      }
      key = next;
      day = DayKey.day(reader);
    }
  }

  @Test
  void daysOfAKeyGoToOneReducer() {
    var configuration = new Configuration(false);
    configuration.set(ShuffleKey.ToReducers.SPREAD, "7");
    configuration.set(ShuffleKey.ToReducers.SORT_ONLY, Integer.toString(DayKey.DAY_LENGTH));
    var toReducers = new ShuffleKey.ToReducers();
    toReducers.setConf(configuration);
    var all = new HashSet<Integer>();
    for (int i = 0; i < 100; i++) {
      byte[] key = {(byte) i, 'p'};
      var reducers = new HashSet<Integer>();
      for (int day = 0; day < 40; day++) {
        var target = new BytesWritable();
        ShuffleKey.set(target, new ByteWriter(), 0, 18_000, reader(key, day));
        reducers.add(toReducers.getPartition(target, new BytesWritable(), 7));
      }
      assertThat(reducers).hasSize(1);
      all.addAll(reducers);
    }
    assertThat(all).hasSize(7);
  }

  private static ByteReader reader(byte[] key, long day) {
    var writer = new ByteWriter().putByte(9);
    DayKey.put(writer, key, 0, key.length, day);
    return new ByteReader().reset(writer.bytes(), 1, writer.length() - 1);
  }

  private static byte[] bytes(ByteReader reader) {
    return Arrays.copyOfRange(
        reader.bytes(), reader.position(), reader.position() + reader.remaining());
  }
}
