package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DistinctCounterTest {
  private final TreeMap<Integer, List<byte[]>> shuffled = new TreeMap<>();
  private final DistinctCounter counter = new DistinctCounter();

  private record Hash(long high, long low) {}

  /** New seeds each time; the system property repeats one. */
  static LongStream seeds() {
    var repeated = Long.getLong("clickmill.test.seed");
    return repeated != null ? LongStream.of(repeated) : new Random().longs(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void distinctHashesOfAnyNumberOfFoldsAreCounted(long seed) throws IOException {
    var random = new Random(seed);
    var ranges = new HashRanges(random.nextInt(9));
    var expected = new HashSet<Hash>();
    int different = 1 + random.nextInt(3_000);
    for (int fold = random.nextInt(5); fold >= 0; fold--) {
      shuffle(ranges, hashes(random, different), expected);
    }
    shuffled.values().forEach(blocks -> Collections.shuffle(blocks, random));
    assertThat(count()).as("seed %d", seed).isEqualTo(expected.size());
    // Nothing of a group is left for the next.
    assertThat(count()).as("seed %d", seed).isEqualTo(expected.size());
  }

  @Test
  void onlyOneRangeIsInMemory() throws IOException {
    var random = new Random(1);
    int hashes = 1 << 17;
    var ranges = HashRanges.of(hashes, 1 << 10);
    assertThat(ranges.bits()).isEqualTo(7);
    var expected = new HashSet<Hash>();
    for (int i = 0; i < hashes; i += 1 << 14) {
      shuffle(ranges, randomHashes(random, 1 << 14), expected);
    }
    assertThat(count()).isEqualTo(expected.size());
    // A set of all would take 20 bytes of each of at least twice as many slots as hashes.
    assertThat(counter.memoryBytes()).isLessThan(20L * hashes / 16);
  }

  @Test
  void whatFitsIntoMemoryIsOneRange() {
    assertThat(HashRanges.of(1000, 1000).bits()).isZero();
    assertThat(HashRanges.of(1001, 1000).bits()).isEqualTo(1);
    assertThat(HashRanges.of(Long.MAX_VALUE, 1).bits()).isEqualTo(16);
  }

  @Test
  void rangesOfAKeySortAsTheHashesDo() {
    var ranges = new HashRanges(16);
    for (long high : new long[] {0, 1L << 48, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      var key = new ByteWriter().putBytes(new byte[] {7}, 0, 1);
      HashRanges.putKey(key, ranges.of(high));
      assertThat(HashRanges.ofKey(new ByteReader().reset(key.bytes(), 0, key.length())))
          .isEqualTo((int) (high >>> 48));
    }
  }

  @Test
  void rangesOutOfOrderAreRefused() {
    counter.begin();
    counter.add(3, new ByteReader().reset(new byte[16], 0, 16));
    assertThatThrownBy(() -> counter.add(2, new ByteReader().reset(new byte[16], 0, 16)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Range 2 comes after range 3");
  }

  private static List<Hash> hashes(Random random, int different) {
    var hashes = new ArrayList<Hash>();
    for (int i = random.nextInt(5_000); i > 0; i--) {
      var chosen = new Random(random.nextInt(different));
      // Some share one of their halves.
      long high = chosen.nextInt(4) == 0 ? chosen.nextInt(2) - 1L : chosen.nextLong();
      hashes.add(new Hash(high, chosen.nextInt(4) == 0 ? 0 : chosen.nextLong()));
    }
    return hashes;
  }

  private static List<Hash> randomHashes(Random random, int number) {
    var hashes = new ArrayList<Hash>();
    for (int i = 0; i < number; i++) {
      hashes.add(new Hash(random.nextLong(), random.nextLong()));
    }
    return hashes;
  }

  private void shuffle(HashRanges ranges, List<Hash> hashes, Set<Hash> all) throws IOException {
    all.addAll(hashes);
    long[] highs = hashes.stream().mapToLong(Hash::high).toArray();
    long[] lows = hashes.stream().mapToLong(Hash::low).toArray();
    ranges.write(
        highs,
        lows,
        0,
        highs.length,
        (range, number, block) -> {
          assertThat(block.length()).isEqualTo(2 * Long.BYTES * number);
          shuffled
              .computeIfAbsent(range, any -> new ArrayList<>())
              .add(java.util.Arrays.copyOf(block.bytes(), block.length()));
        });
  }

  private long count() {
    counter.begin();
    shuffled.forEach(
        (range, blocks) ->
            blocks.forEach(
                block -> counter.add(range, new ByteReader().reset(block, 0, block.length))));
    return counter.count();
  }
}
