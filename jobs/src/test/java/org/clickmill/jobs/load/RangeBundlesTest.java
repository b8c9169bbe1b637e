package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeBundlesTest {
  private static OffsetRange range(int partition, long start, long end) {
    return new OffsetRange("clicks", partition, start, end);
  }

  @Test
  void smallRangesGoTogether() {
    var ranges = List.of(range(0, 5, 10), range(1, 0, 10), range(2, 7, 8));
    assertThat(RangeBundles.of(ranges, 2, 1_000_000)).containsExactly(ranges);
  }

  @Test
  void largeRangeIsDivided() {
    assertThat(RangeBundles.of(List.of(range(0, 100, 2_500_100)), 1, 1_000_000))
        .hasSize(3)
        .first()
        .isEqualTo(List.of(range(0, 100, 833_434)));
  }

  @Test
  void everySlotHereHasWork() {
    var ranges = List.of(range(0, 0, 300_000), range(1, 0, 100_000));
    assertThat(RangeBundles.of(ranges, 2, 1_000_000))
        .containsExactly(
            List.of(range(0, 0, 200_000)),
            List.of(range(0, 200_000, 300_000), range(1, 0, 100_000)));
  }

  @Test
  void everyOffsetIsInOneBundleInOrder() {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var ranges = new ArrayList<OffsetRange>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        long start = random.nextInt(1_000);
        ranges.add(range(i, start, start + 1 + random.nextInt(500_000)));
      }
      long taskRecords = 1L + random.nextInt(1_000_000);
      var bundles = RangeBundles.of(ranges, 1 + random.nextInt(8), Math.max(500, taskRecords));
      var description = "seed " + seed + ", round " + round;
      assertThat(joined(bundles)).as(description).isEqualTo(ranges);
      assertThat(bundles)
          .as(description)
          .allSatisfy(
              bundle ->
                  assertThat(bundle.stream().mapToLong(OffsetRange::length).sum())
                      .isBetween(1L, Math.max(500, taskRecords)));
    }
  }

  private static List<OffsetRange> joined(List<List<OffsetRange>> bundles) {
    var joined = new ArrayList<OffsetRange>();
    for (var bundle : bundles) {
      for (var range : bundle) {
        int last = joined.size() - 1;
        if (last >= 0 && joined.get(last).partition() == range.partition()) {
          assertThat(range.start()).isEqualTo(joined.get(last).end());
          joined.set(last, range(range.partition(), joined.get(last).start(), range.end()));
        } else {
          joined.add(range);
        }
      }
    }
    return joined;
  }
}
