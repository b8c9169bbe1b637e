package org.clickmill.jobs.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

final class UserCountsTest {
  private final Weights weights = Weights.of(new Configuration(false));
  private final UserCounts user = new UserCounts(weights.size());

  @Test
  void countsOfAProductAddUpWhateverTheirOrder() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      user.clear();
      var expected = new TreeMap<Integer, Double>();
      double[] values = {1, 3, 5};
      for (int i = 0; i < 300; i++) {
        int product = random.nextInt(1 + 20 * round);
        int type = random.nextInt(3);
        int count = random.nextInt(4);
        user.add(user.slot(product), type, count);
        expected.merge(product, count * values[type], Double::sum);
      }
      assertThat(user.products())
          .as("seed %d", seed)
          .containsExactly(expected.keySet().stream().mapToInt(Integer::intValue).toArray());
      expected.forEach(
          (product, rating) ->
              assertThat(user.rating(product, weights)).as("seed %d", seed).isEqualTo(rating));
    }
  }
}
