package org.clickmill.jobs.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.clickmill.jobs.kernel.ByteReader;
import org.junit.jupiter.api.Test;

final class TrendingProductsTest {
  private final TrendingProducts products = new TrendingProducts(2);

  @Test
  void highestScoreComesFirstAndTiesGoById() {
    add("a", 10, 10);
    add("b", 20, 10);
    add("c", 5, 5);
    add("d", 0, 90);
    assertThat(products.ranked(0)).containsExactly(1, 0, 2, 3);
    assertThat(text(1)).isEqualTo("b");
  }

  @Test
  void productsThatAWindowDoesNotReachHaveNoRank() {
    add("a", 0, 0);
    add("b", 0, 3);
    assertThat(products.ranked(0)).containsExactly(1);
    assertThat(products.ranked(1)).isEmpty();
  }

  @Test
  void clearedProductsAreGone() {
    add("a", 1, 0);
    products.clear();
    add("b", 2, 0);
    assertThat(products.ranked(0)).containsExactly(0);
    assertThat(text(0)).isEqualTo("b");
    assertThat(products.views(0, 0)).isEqualTo(2);
  }

  @Test
  void manyProductsKeepTheirCounts() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var views = new long[5000];
    for (int i = 0; i < views.length; i++) {
      views[i] = 1L + random.nextInt(50);
      add("p" + i, views[i], 0);
    }
    int[] ranked = products.ranked(0);
    assertThat(ranked).as("seed %d", seed).hasSize(views.length);
    for (int i = 1; i < ranked.length; i++) {
      long more = views[ranked[i - 1]];
      long fewer = views[ranked[i]];
      assertThat(more > fewer || more == fewer && ranked[i - 1] < ranked[i])
          .as("rank %d, seed %d", i, seed)
          .isTrue();
      assertThat(text(ranked[i])).isEqualTo("p" + ranked[i]);
    }
  }

  @Test
  void scoreIsTheDifferenceOverARootThatDampsSmallNumbers() {
    assertThat(TrendingProducts.score(0, 0)).isZero();
    assertThat(TrendingProducts.score(56, 0)).isEqualTo(56 / 9.0, within(1e-15));
    assertThat(TrendingProducts.score(0, 56)).isEqualTo(-56 / 9.0, within(1e-15));
    assertThat(TrendingProducts.score(1, 0)).isLessThan(TrendingProducts.score(1000, 900));
  }

  private void add(String id, long views, long before) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    products.add(new ByteReader().reset(utf8, 0, utf8.length));
    products.set(0, views, before, 0);
    products.set(1, 0, 0, 0);
  }

  private String text(int product) {
    return new String(
        products.bytes(),
        products.offset(product),
        products.length(product),
        StandardCharsets.UTF_8);
  }
}
