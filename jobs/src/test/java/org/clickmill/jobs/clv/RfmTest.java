package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RfmTest {

  @Test
  void scoresAreThoseOfTheDefinition() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int distinct = 1 + random.nextInt(30);
      var values = random.longs(1 + random.nextInt(60), -distinct, distinct).toArray();
      var counts = new TreeMap<Long, Long>();
      Arrays.stream(values).forEach(value -> counts.merge(value, 1L, Long::sum));
      var finder = new Quintiles.Finder(values.length);
      counts.forEach(finder::add);
      var quintiles = finder.find();
      for (long value : values) {
        long worse = Arrays.stream(values).filter(other -> other < value).count();
        assertThat(quintiles.score(value))
            .as("seed %d, round %d, value %d", seed, round, value)
            .isEqualTo(1 + (int) (5 * worse / values.length));
      }
    }
  }

  @Test
  void fiveCustomersGetFiveScores() {
    var finder = new Quintiles.Finder(5);
    for (long value = 10; value <= 50; value += 10) {
      finder.add(value, 1);
    }
    var quintiles = finder.find();
    assertThat(new int[] {quintiles.score(10), quintiles.score(30), quintiles.score(50)})
        .containsExactly(1, 3, 5);
  }

  @Test
  void allTheSameGetTheLowestScore() {
    var finder = new Quintiles.Finder(7);
    finder.add(3, 7);
    assertThat(finder.find().score(3)).isEqualTo(1);
  }

  @Test
  void valuesComeInOrder() {
    var finder = new Quintiles.Finder(7);
    finder.add(3, 2);
    assertThatThrownBy(() -> finder.add(3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 customers of value 3 after 2 up to value 3");
    assertThatThrownBy(() -> finder.add(4, 6)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyPairOfScoresHasItsSegment() {
    var seen = EnumSet.noneOf(Segment.class);
    for (int recency = 1; recency <= Quintiles.SCORES; recency++) {
      for (int frequency = 1; frequency <= Quintiles.SCORES; frequency++) {
        seen.add(Segment.of(recency, frequency));
      }
    }
    assertThat(seen).isEqualTo(EnumSet.allOf(Segment.class));
  }

  @Test
  void segmentsAreTheCustomaryOnes() {
    assertThat(Segment.of(5, 5).label()).isEqualTo("champions");
    assertThat(Segment.of(4, 4).label()).isEqualTo("loyal");
    assertThat(Segment.of(5, 1).label()).isEqualTo("new");
    assertThat(Segment.of(1, 5).label()).isEqualTo("cannot_lose");
    assertThat(Segment.of(1, 1).label()).isEqualTo("hibernating");
  }
}
