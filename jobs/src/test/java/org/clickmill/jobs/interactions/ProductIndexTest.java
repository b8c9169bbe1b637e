package org.clickmill.jobs.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProductIndexTest {
  private static final long ALL_IN_MEMORY = Long.MAX_VALUE / 2;

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000, 60_000, ALL_IN_MEMORY})
  void productsHaveTheNumbersOfTheTableHoweverLittleMemoryThereIs(long memoryBytes)
      throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var sorted = new TreeSet<byte[]>(Arrays::compareUnsigned);
    sorted.add(utf8(""));
    sorted.add(utf8("é"));
    for (int i = 0; i < 5000; i++) {
      sorted.add(utf8(Integer.toString(random.nextInt(100_000), 36)));
    }
    var ids = new ArrayList<>(sorted);
    try (var index = new ProductIndex(memoryBytes)) {
      for (int i = 0; i < ids.size(); i++) {
        index.add(ids.get(i), i);
      }
      assertThat(index.isInMemory()).isEqualTo(memoryBytes == ALL_IN_MEMORY);
      for (int i = 0; i < 20_000; i++) {
        int number = random.nextInt(ids.size());
        byte[] id = ids.get(number);
        byte[] around = utf8("x" + new String(id, StandardCharsets.UTF_8) + "x");
        assertThat(index.index(around, 1, id.length)).as("seed %d", seed).isEqualTo(number);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, ALL_IN_MEMORY})
  void productWithoutNumberIsADefect(long memoryBytes) throws IOException {
    try (var index = new ProductIndex(memoryBytes)) {
      index.add(utf8("b"), 0);
      for (var other : new String[] {"a", "c", ""}) {
        byte[] id = utf8(other);
        assertThatThrownBy(() -> index.index(id, 0, id.length))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("Product without number: " + other);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, ALL_IN_MEMORY})
  void numbersWithAGapOrTwiceTheSameProductAreADefect(long memoryBytes) throws IOException {
    try (var index = new ProductIndex(memoryBytes)) {
      index.add(utf8("a"), 0);
      assertThatThrownBy(() -> index.add(utf8("a"), 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Product 1 is out of order: a");
      assertThatThrownBy(() -> index.add(utf8("c"), 2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Product 1 is out of order: c");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
