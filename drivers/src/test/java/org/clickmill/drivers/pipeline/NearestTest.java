package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> COMMANDS =
      List.of("clv", "config", "pipeline", "publish", "push", "sales", "sales-trend", "show");

  @ParameterizedTest
  @CsvSource({
    "confg, config", // one is missing
    "piepline, pipeline", // two are swapped
    "pushh, push",
    "shaw, show",
    "sales_trends, sales-trend",
    "pipe, pipeline", // it goes on
    "pu, push"
  })
  void misspeltNameHasANearestOne(String name, String nearest) {
    assertThat(Nearest.to(name, COMMANDS)).contains(nearest);
  }

  @ParameterizedTest
  @CsvSource({"nosuch", "what", "x", "pp", "p", "''"})
  void nothingIsNearToAnotherWord(String name) {
    assertThat(Nearest.to(name, COMMANDS)).isEmpty();
    assertThat(Nearest.question(name, COMMANDS, "")).isEmpty();
    assertThat(Nearest.question(name, COMMANDS, "See the docs.")).isEqualTo(" See the docs.");
  }

  @Test
  void ofNamesThatAreEquallyNearTheFirstInTheAlphabetIsTaken() {
    assertThat(Nearest.question("tob", List.of("toy", "top"), "")).isEqualTo(" Did you mean top?");
    assertThat(Nearest.to("top", List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, '', 3",
    "kitten, sitting, 3",
    "ab, ba, 1",
    "ca, abc, 3"
  })
  void distanceCountsLettersToChange(String from, String to, int distance) {
    assertThat(Nearest.distance(from, to)).isEqualTo(distance);
    assertThat(Nearest.distance(to, from)).isEqualTo(distance);
  }
}
