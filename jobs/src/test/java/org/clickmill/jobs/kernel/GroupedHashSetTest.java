package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GroupedHashSetTest {
  private final GroupedHashSet set = new GroupedHashSet();

  @Test
  void hashesAreDistinctWithinTheirGroupAlone() {
    assertThat(set.add(0, 1, 2)).isTrue();
    assertThat(set.add(0, 1, 2)).isFalse();
    assertThat(set.add(1, 1, 2)).isTrue();
    assertThat(set.add(0, 2, 1)).isTrue();
    assertThat(set.add(0, 0, 0)).isTrue();
    assertThat(set.add(0, 0, 0)).isFalse();
    assertThat(set.size()).isEqualTo(4);
  }

  @Test
  void equalsASetOfAnyHashesInAnyGroups() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      int groupCount = 1 + random.nextInt(300);
      Set<List<Long>> expected = new HashSet<>();
      for (int i = 0; i < 20_000; i++) {
        int group = random.nextInt(groupCount);
        long high = random.nextInt(3);
        long low = random.nextInt(50) * (random.nextBoolean() ? 1 : 1L << 40);
        assertThat(set.add(group, high, low))
            .as("seed %d", seed)
            .isEqualTo(expected.add(List.of((long) group, high, low)));
      }
      assertThat(set.size()).isEqualTo(expected.size());
      assertThat(elements(set.grouped(groupCount), groupCount))
          .as("seed %d", seed)
          .isEqualTo(expected);
      set.clear();
      assertThat(set.size()).isZero();
    }
  }

  private static Set<List<Long>> elements(GroupedHashSet.Groups groups, int groupCount) {
    Set<List<Long>> elements = new HashSet<>();
    for (int group = 0; group < groupCount; group++) {
      for (int i = groups.start(group); i < groups.end(group); i++) {
        assertThat(elements.add(List.of((long) group, groups.highs()[i], groups.lows()[i])))
            .isTrue();
      }
    }
    return elements;
  }
}
