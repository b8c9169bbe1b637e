package org.clickmill.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.VisitorHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeySorterTest {
  private static final int DAY = 18_000;
  private static final int PLENTY = 64 << 20;
  private static final HashSpan WHOLE = new HashSpan(1, 0, 1);

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final EventKey event = new EventKey();
  private final ClusterKey key = new ClusterKey();

  /** The range of the hashes, and how large the keys are said to be. */
  @ParameterizedTest
  @CsvSource({"1, 0, 1, 0", "1, 0, 1, 10000000", "2, 1, 2, 40000000", "8, 4, 6, 1500000"})
  void givesKeysInTheOrderOfTheirBytesWithoutDroppedOnes(
      int ranges, int first, int end, long estimate) throws IOException {
    var span = new HashSpan(ranges, first, end);
    var sorter = new KeySorter(PLENTY);
    for (int round = 0; round < 2; round++) {
      sorter.begin(span, estimate, 0);
      var expected = new ArrayList<byte[]>();
      int dropped = 0;
      while (expected.size() < 20_000) {
        set("v" + random.nextInt(2_000), random.nextInt(86_400_000), random.nextInt(3));
        if (!span.contains(key.hash())) {
          continue;
        }
        int place = (int) sorter.add(key);
        if (random.nextInt(50) == 0) {
          sorter.drop(place);
          sorter.drop(place);
          dropped++;
        } else {
          expected.add(Arrays.copyOf(key.bytes(), key.length()));
        }
      }

      assertThat(sorter.droppedKeys()).as("seed %d", seed).isEqualTo(dropped);
      expected.sort(Arrays::compareUnsigned);
      assertThat(sorted(sorter))
          .as("seed %d", seed)
          .usingElementComparator(Arrays::compare)
          .isEqualTo(expected);
    }
  }

  @Test
  void takesKeysThatAreLongerThanABlockAmongOthers() throws IOException {
    var sorter = new KeySorter(PLENTY);
    sorter.begin(WHOLE, 0, 0);
    var expected = new ArrayList<byte[]>();
    for (int i = 0; i < 30; i++) {
      set("v".repeat(i % 3 == 0 ? 40_000 + 3_000 * i : 1 + i), i, 0);
      sorter.add(key);
      expected.add(Arrays.copyOf(key.bytes(), key.length()));
    }

    expected.sort(Arrays::compareUnsigned);
    assertThat(sorted(sorter)).usingElementComparator(Arrays::compare).isEqualTo(expected);
  }

  @Test
  void hasNoRoomForMoreThanItsBudget() {
    var sorter = new KeySorter(1 << 20);
    sorter.begin(WHOLE, 1 << 20, 0);
    int withoutCompanion = fill(sorter);
    sorter.begin(WHOLE, 1 << 20, 200);

    assertThat(withoutCompanion).isBetween(5_000, 15_000);
    assertThat(fill(sorter)).isBetween(withoutCompanion / 4, withoutCompanion / 2);
  }

  @Test
  void comparesTheEventsOfTwoPlacesWhoeverTheirVisitorsAre() {
    var sorter = new KeySorter(PLENTY);
    sorter.begin(WHOLE, 0, 0);
    set("b", 1, 0);
    int early = (int) sorter.add(key);
    set("a", 2, 0);
    int late = (int) sorter.add(key);

    assertThat(sorter.compareEvents(early, late)).isNegative();
    assertThat(sorter.compareEvents(late, early)).isPositive();
    assertThat(sorter.compareEvents(late, late)).isZero();
  }

  private int fill(KeySorter sorter) {
    int keys = 0;
    do {
      set("visitor" + keys, keys, 0);
      keys++;
    } while (sorter.add(key) != KeySorter.NO_ROOM);
    return keys;
  }

  private void set(String visitor, int time, int type) {
    event.begin(time);
    var text = ("type" + type).getBytes(UTF_8);
    event.addText(text, 0, text.length);
    event.endContent();
    byte[] bytes = visitor.getBytes(UTF_8);
    key.set(DAY, VisitorHash.VISITOR_ID, bytes, 0, bytes.length, event);
  }

  private static List<byte[]> sorted(KeySorter sorter) throws IOException {
    var keys = new ArrayList<byte[]>();
    sorter.sortInto(
        (bytes, offset, length) -> keys.add(Arrays.copyOfRange(bytes, offset, offset + length)));
    return keys;
  }
}
