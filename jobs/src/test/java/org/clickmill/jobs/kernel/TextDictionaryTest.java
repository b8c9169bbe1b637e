package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.clickmill.formats.table.StringColumn;
import org.junit.jupiter.api.Test;

final class TextDictionaryTest {
  private final TextDictionary dictionary = new TextDictionary();

  @Test
  void ordinalsCountUpAsTextsAreFirstSeen() {
    assertThat(ordinal("b")).isZero();
    assertThat(ordinal("")).isEqualTo(1);
    assertThat(ordinal("a")).isEqualTo(2);
    assertThat(ordinal("")).isEqualTo(1);
    assertThat(ordinal("b")).isZero();
    assertThat(dictionary.size()).isEqualTo(3);
    assertThat(text(0)).isEqualTo("b");
    assertThat(text(1)).isEmpty();
    assertThat(text(2)).isEqualTo("a");
  }

  @Test
  void manyTextsKeepTheirOrdinalsAlsoAfterClearing() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      Map<String, Integer> expected = new HashMap<>();
      for (int i = 0; i < 20_000; i++) {
        var text = "text-" + random.nextInt(8000) + "x".repeat(random.nextInt(3));
        expected.putIfAbsent(text, expected.size());
        assertThat(ordinal(text)).as("seed %d", seed).isEqualTo(expected.get(text));
      }
      expected.forEach((text, ordinal) -> assertThat(text(ordinal)).isEqualTo(text));
      dictionary.clear();
      assertThat(dictionary.size()).isZero();
    }
  }

  @Test
  void equalTextsOfTwoColumnsHaveOneOrdinal() {
    var first = column("xyz", 0, 1, 2, 3);
    var second = column("zzy", 0, 1, 2, 3);
    assertThat(dictionary.ordinal(first, 2)).isZero();
    assertThat(dictionary.ordinal(second, 0)).isZero();
    assertThat(dictionary.ordinal(second, 1)).isZero();
    assertThat(dictionary.ordinal(second, 2)).isEqualTo(1);
    assertThat(dictionary.ordinal(first, 1)).isEqualTo(1);
  }

  @Test
  void translationsAreReusedEmptied() {
    var column = column("xyz", 0, 1, 2, 3);
    var translation = TextDictionary.translation(column, new int[0]);
    assertThat(translation).hasSize(3).containsOnly(TextDictionary.UNKNOWN);
    translation[1] = 5;
    assertThat(TextDictionary.translation(column, translation))
        .isSameAs(translation)
        .containsOnly(TextDictionary.UNKNOWN);
  }

  private static StringColumn column(String texts, int... offsets) {
    byte[] bytes = texts.getBytes(StandardCharsets.UTF_8);
    return new StringColumn(new int[] {0, 1, 2}, bytes, offsets, offsets.length - 1, true);
  }

  private int ordinal(String text) {
    byte[] utf8 = ("#" + text + "#").getBytes(StandardCharsets.UTF_8);
    return dictionary.ordinal(utf8, 1, utf8.length - 2);
  }

  private String text(int ordinal) {
    return new String(
        dictionary.bytes(),
        dictionary.offset(ordinal),
        dictionary.length(ordinal),
        StandardCharsets.UTF_8);
  }
}
