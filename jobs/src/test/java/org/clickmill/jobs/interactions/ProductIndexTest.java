package org.clickmill.jobs.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProductIndexTest {
  private final ProductIndex index = new ProductIndex();

  @Test
  void productsHaveTheNumbersOfTheTable() {
    index.add(utf8("a"), 0);
    index.add(utf8("é"), 1);
    assertThat(index.index(utf8("xéx"), 1, 2)).isEqualTo(1);
    assertThat(new String(index.bytes(), index.offset(1), index.length(1), StandardCharsets.UTF_8))
        .isEqualTo("é");
  }

  @Test
  void productWithoutNumberIsADefect() {
    index.add(utf8("a"), 0);
    assertThatThrownBy(() -> index.index(utf8("b"), 0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Product without number: b");
  }

  @Test
  void numbersWithAGapOrTwiceTheSameProductAreADefect() {
    index.add(utf8("a"), 0);
    assertThatThrownBy(() -> index.add(utf8("c"), 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Product 1 is out of order: c");
    assertThatThrownBy(() -> index.add(utf8("a"), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Product 1 is out of order: a");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
