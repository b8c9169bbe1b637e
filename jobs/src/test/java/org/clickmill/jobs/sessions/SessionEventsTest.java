package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SessionEventsTest {
  @Test
  void anyOrderOfArrivalIsSortedByContent() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      var expected = PlainEvent.random(random, random.nextInt(80));
      var shuffled = new ArrayList<>(expected);
      Collections.shuffle(shuffled, random);
      var columns = PlainEvent.columns(shuffled);
      columns.sort();
      assertThat(PlainEvent.plain(columns))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected);
    }
  }
}
