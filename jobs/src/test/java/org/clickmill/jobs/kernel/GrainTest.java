package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrainTest {

  @ParameterizedTest
  @CsvSource({
    "DAY, 2024-02-29, 2024-02-29, 1",
    "WEEK, 2024-02-25, 2024-02-19, 7",
    "WEEK, 2024-02-26, 2024-02-26, 7",
    "WEEK, 2024-01-01, 2024-01-01, 7",
    "WEEK, 2023-01-01, 2022-12-26, 7",
    "MONTH, 2024-02-29, 2024-02-01, 29",
    "MONTH, 2023-02-01, 2023-02-01, 28",
    "MONTH, 2023-12-31, 2023-12-01, 31",
  })
  void dayBelongsToOnePeriod(Grain grain, LocalDate day, LocalDate start, int length) {
    assertThat(grain.start(day)).isEqualTo(start);
    assertThat(grain.days(start))
        .hasSize(length)
        .startsWith(start)
        .contains(day)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void periodsFollowEachOtherWithoutGap() {
    for (var grain : Grain.values()) {
      var start = grain.start(LocalDate.of(2019, 1, 1));
      for (int i = 0; i < 60; i++) {
        var days = grain.days(start);
        for (var day : days) {
          assertThat(grain.start(day)).isEqualTo(start);
        }
        var next = days.get(days.size() - 1).plusDays(1);
        assertThat(grain.start(next)).isEqualTo(next);
        start = next;
      }
    }
  }
}
