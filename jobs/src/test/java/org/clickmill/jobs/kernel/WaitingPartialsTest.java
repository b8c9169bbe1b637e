package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class WaitingPartialsTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final WaitingPartials waiting = new WaitingPartials();

  @RepeatedTest(50)
  void keysComeInUnsignedOrderWithAllTheirPartials() throws IOException {
    for (int round = 0; round < 3; round++) {
      var expected = new TreeMap<byte[], List<Long>>(Comparator.comparing(Unsigned::new));
      int count = random.nextInt(400);
      for (int i = 0; i < count; i++) {
        byte[] key = key();
        expected.computeIfAbsent(key, any -> new ArrayList<>()).add((long) i);
        add(key, i, i % 3);
      }
      var found = new TreeMap<byte[], List<Long>>(Comparator.comparing(Unsigned::new));
      var order = new ArrayList<byte[]>();
      var partials = new PartialAggregates();
      waiting.mergeInto(
          (key, values) -> {
            byte[] bytes = bytes(key);
            order.add(bytes);
            partials.reset(values);
            var list = new ArrayList<Long>();
            // A merge need not read all partials.
            int most = random.nextInt(10) == 0 ? 1 : Integer.MAX_VALUE;
            while (list.size() < most && partials.next()) {
              list.add(partials.value().readUnsigned());
            }
            found.put(bytes, most == 1 ? expected.get(bytes) : sorted(list));
          });
      assertThat(order).as("seed %d", seed).isSortedAccordingTo(Arrays::compareUnsigned);
      assertThat(order).as("seed %d", seed).hasSameSizeAs(expected.keySet());
      expected.forEach(
          (key, values) -> assertThat(found.get(key)).as("seed %d", seed).isEqualTo(values));
      assertThat(waiting.memoryBytes()).isZero();
    }
  }

  @Test
  void drainedPartialsAreThoseThatWereAdded() throws IOException {
    add(new byte[] {1, 2}, 7, 1);
    add(new byte[0], 8, 2);
    assertThat(waiting.memoryBytes()).isPositive();
    var drained = new ArrayList<String>();
    waiting.drainTo(
        (key, value) ->
            drained.add(
                Arrays.toString(bytes(key))
                    + " "
                    + value.readUnsigned()
                    + " "
                    + value.readUnsigned()));
    assertThat(drained).containsExactly("[1, 2] 1 7", "[] 2 8");
    assertThat(waiting.memoryBytes()).isZero();
  }

  @Test
  void memoryIsCountedByWhatIsAllocatedAndGivenBack() throws IOException {
    int partials = 100_000;
    long keyBytes = 0;
    for (int i = 0; i < partials; i++) {
      byte[] key = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
      keyBytes += key.length;
      long before = waiting.memoryBytes();
      boolean isLarger = add(key, i, 1);
      // Who watches the memory has to look only when there is more of it.
      assertThat(isLarger || waiting.memoryBytes() <= before || i == 0).isTrue();
    }
    assertThat(waiting.memoryBytes()).isGreaterThan(keyBytes + 28L * partials);
    var keys = new AtomicInteger();
    waiting.mergeInto((key, values) -> keys.incrementAndGet());
    assertThat(keys).hasValue(partials);
    add(new byte[] {1}, 1, 1);
    assertThat(waiting.memoryBytes()).isLessThan(10_000);
  }

  private boolean add(byte[] key, long value, long events) {
    var writer = new ByteWriter().putBytes(key, 0, key.length);
    return waiting.add(writer, new ByteWriter().putUnsigned(value), events);
  }

  /** Short and long, with long common beginnings, and bytes of either sign. */
  private byte[] key() {
    byte[] key = new byte[random.nextInt(20) == 0 ? 60 + random.nextInt(20) : random.nextInt(14)];
    if (key.length > 20) {
      key[key.length - 1] = (byte) random.nextInt(256);
      return key;
    }
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0x80 * random.nextInt(2));
    }
    return key;
  }

  private static List<Long> sorted(List<Long> values) {
    values.sort(Comparator.naturalOrder());
    return values;
  }

  private static byte[] bytes(ByteReader reader) {
    int start = reader.position();
    return Arrays.copyOfRange(reader.bytes(), start, start + reader.remaining());
  }

  private record Unsigned(byte[] bytes) implements Comparable<Unsigned> {
    @Override
    public int compareTo(Unsigned other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Unsigned unsigned && compareTo(unsigned) == 0;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}
