package org.clickmill.formats.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dictionaries of numbers and of texts, and the range of texts, against what Java has. */
final class DictionariesTest {
  private static final int UNLIMITED = 1 << 20;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void numbersGetIdsInTheOrderOfTheirComing() {
    var dictionary = new LongDictionary(UNLIMITED);
    var expected = new LinkedHashMap<Long, Integer>();
    for (int round = 0; round < 50; round++) {
      long[] numbers = random.longs(random.nextInt(2000), -500L * round, 500).toArray();
      if (numbers.length > 2) {
        numbers[1] = Long.MIN_VALUE;
        numbers[2] = Long.MAX_VALUE;
      }
      int[] ids = new int[numbers.length];
      assertThat(dictionary.lookUp(numbers, numbers.length, ids)).isTrue();
      for (int i = 0; i < ids.length; i++) {
        expected.putIfAbsent(numbers[i], expected.size());
        assertThat(ids[i]).as("seed %d", seed).isEqualTo(expected.get(numbers[i]));
      }
    }
    assertThat(dictionary.size()).isEqualTo(expected.size());
    assertThat(Arrays.stream(dictionary.entries()).limit(dictionary.size()))
        .containsExactlyElementsOf(expected.keySet());
  }

  @Test
  void numberDictionaryHasAtMostItsLimit() {
    var dictionary = new LongDictionary(3);
    assertThat(dictionary.lookUp(new long[] {5, 6, 5, 7}, 4, new int[4])).isTrue();
    assertThat(dictionary.lookUp(new long[] {7, 8}, 2, new int[2])).isFalse();
    assertThat(dictionary.size()).isEqualTo(3);
    dictionary.clear();
    int[] ids = new int[2];
    assertThat(dictionary.lookUp(new long[] {8, 5}, 2, ids)).isTrue();
    assertThat(ids).containsExactly(0, 1);
  }

  @Test
  void textsGetIdsInTheOrderOfTheirComing() {
    var dictionary = new BytesDictionary(UNLIMITED);
    Map<String, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      var text = "a common prefix ".substring(random.nextInt(17)) + random.nextInt(3000);
      byte[] bytes = (text + "behind it").getBytes(UTF_8);
      expected.putIfAbsent(text, expected.size());
      assertThat(dictionary.id(bytes, 0, text.length()))
          .as("seed %d", seed)
          .isEqualTo(expected.get(text));
    }
    assertThat(dictionary.size()).isEqualTo(expected.size());
    expected.forEach((text, id) -> assertThat(textOf(dictionary, id)).isEqualTo(text));
  }

  @Test
  void textDictionaryHasAtMostItsLimit() {
    var dictionary = new BytesDictionary(3 * Integer.BYTES + 2);
    byte[] text = "abc".getBytes(UTF_8);
    assertThat(dictionary.id(text, 0, 0)).isZero();
    assertThat(dictionary.id(text, 0, 1)).isEqualTo(1);
    assertThat(dictionary.id(text, 0, 2)).isEqualTo(BytesDictionary.FULL);
    assertThat(dictionary.id(text, 0, 1)).isEqualTo(1);
    assertThat(dictionary.bytes(2)).isEqualTo(2 * Integer.BYTES + 1);
    dictionary.clear();
    assertThat(dictionary.id(text, 0, 2)).isZero();
    assertThat(textOf(dictionary, 0)).isEqualTo("ab");
  }

  @Test
  void rangeIsOfUnsignedBytes() {
    for (int round = 0; round < 300; round++) {
      byte[] texts = new byte[4000];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = (byte) (random.nextInt(3) - 1);
      }
      var range = new BytesRange();
      range.begin(texts);
      byte[] min = null;
      byte[] max = null;
      for (int i = random.nextInt(1, 200); i >= 0; i--) {
        int offset = random.nextInt(texts.length - 20);
        int length = random.nextInt(20);
        range.add(offset, length);
        byte[] text = Arrays.copyOfRange(texts, offset, offset + length);
        min = min == null || Arrays.compareUnsigned(text, min) < 0 ? text : min;
        max = max == null || Arrays.compareUnsigned(text, max) > 0 ? text : max;
      }
      assertThat(range.min()).as("seed %d", seed).isEqualTo(min);
      assertThat(range.max()).as("seed %d", seed).isEqualTo(max);
    }
  }

  private static String textOf(BytesDictionary dictionary, int id) {
    return new String(
        dictionary.entries().array(), dictionary.offset(id), dictionary.length(id), UTF_8);
  }
}
