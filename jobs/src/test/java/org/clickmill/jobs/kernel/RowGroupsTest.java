package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowGroupsTest {
  @Test
  void rowsStandWithTheirGroupInTheOrderOfTheBatch() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var groups = new RowGroups();
    for (int round = 0; round < 500; round++) {
      int rows = random.nextInt(60);
      int count = random.nextInt(20);
      int[] group = groups.groups(rows);
      for (int row = 0; row < rows; row++) {
        group[row] = random.nextInt(count + 1) - 1;
      }
      groups.sort(rows, count);
      int all = 0;
      for (int expected = 0; expected < count; expected++) {
        var members = new ArrayList<Integer>();
        for (int row = 0; row < rows; row++) {
          if (group[row] == expected) {
            members.add(row);
          }
        }
        var found =
            Arrays.copyOfRange(groups.rows(), groups.start(expected), groups.start(expected + 1));
        assertThat(found)
            .as("seed %d, group %d", seed, expected)
            .containsExactly(members.stream().mapToInt(Integer::intValue).toArray());
        all += members.size();
      }
      assertThat(groups.size()).as("seed %d", seed).isEqualTo(all);
    }
  }
}
