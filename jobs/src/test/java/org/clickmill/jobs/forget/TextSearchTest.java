package org.clickmill.jobs.forget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Set {@code clickmill.test.seed} to repeat. */
final class TextSearchTest {
  private static boolean isIn(String record, String... ids) {
    // Not at the beginning of the array.
    byte[] bytes = ("17," + record + ",17").getBytes(UTF_8);
    int length = record.getBytes(UTF_8).length;
    return new TextSearch(List.of(ids)).isIn(bytes, 3, length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17",
        "17,view",
        "a,17",
        "{\"user_id\":17}",
        "u=17&x",
        "a\t17\tb",
        "2017,17",
        "é-17"
      })
  void anIdIsFoundAsAWholeWord(String record) {
    assertThat(isIn(record, "17", "another")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "2017", "170,view", "x17", "17é", "a,1,7"})
  void aPartOfAWordIsAnotherValue(String record) {
    assertThat(isIn(record, "17", "another")).isFalse();
  }

  @Test
  void anIdIsFoundAsJsonAndCsvWriteIt() {
    var id = "a\"b\\ü/€";
    assertThat(isIn("{\"u\":\"a\\\"b\\\\ü/€\"}", id)).isTrue();
    assertThat(isIn("{\"u\":\"a\\\"b\\\\\\u00FC/\\u20AC\"}", id)).isTrue();
    assertThat(isIn("{\"u\":\"a\\\"b\\\\ü\\/€\"}", id)).isTrue();
    assertThat(isIn("x,\"a\"\"b\\ü/€\",y", id)).isTrue();
    assertThat(isIn("x,a\"b\\ü,y", id)).isFalse();
  }

  @Test
  void besideBytesThatNoTextHasAnIdMayStandAnywhere() {
    assertThat(isIn("\u00040user-17Z\u0000", "user-17")).isTrue();
    assertThat(isIn("\u00040user-18Z\u0000", "user-17")).isFalse();
  }

  @Test
  void asManyIdsAsThereAreFindWhatARegularExpressionFinds() {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      ids.add(text(random, 1 + random.nextInt(6)));
    }
    var search = new TextSearch(ids);
    for (int i = 0; i < 5000; i++) {
      var record = text(random, random.nextInt(12)) + "," + text(random, random.nextInt(12));
      byte[] bytes = record.getBytes(UTF_8);
      boolean expected =
          ids.stream()
              .anyMatch(
                  id ->
                      Pattern.compile("(?<![0-9A-Za-z])" + Pattern.quote(id) + "(?![0-9A-Za-z])")
                          .matcher(record)
                          .find());
      assertThat(search.isIn(bytes, 0, bytes.length))
          .as("seed %d: %s", seed, record)
          .isEqualTo(expected);
    }
  }

  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abcd-0123456789".charAt(random.nextInt(15)));
    }
    return text.toString();
  }
}
