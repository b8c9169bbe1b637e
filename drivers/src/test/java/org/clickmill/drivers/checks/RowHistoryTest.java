package org.clickmill.drivers.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

final class RowHistoryTest {
  private static final LocalDate MONDAY = LocalDate.of(2019, 12, 2);

  @Test
  void dayIsNotJudgedBeforeThereAreFourSameWeekdays() {
    assertThat(history(27, day -> 100).expected(MONDAY)).isEmpty();
    assertThat(history(28, day -> 100).expected(MONDAY)).hasValue(100);
  }

  @Test
  void weekdayIsComparedWithItself() {
    var history = history(56, day -> day.getDayOfWeek() == MONDAY.getDayOfWeek() ? 500 : 100);
    assertThat(history.expected(MONDAY)).hasValue(500);
    assertThat(history.expected(MONDAY.plusDays(1))).hasValue(100);
  }

  @Test
  void weekdayOnWhichTheShopIsClosedExpectsNothing() {
    var history = history(56, day -> day.getDayOfWeek() == MONDAY.getDayOfWeek() ? 0 : 100);
    assertThat(history.expected(MONDAY)).hasValue(0);
    assertThat(history.expected(MONDAY.plusDays(1))).hasValue(100);
  }

  @Test
  void holidayDoesNotLowerWhatIsExpectedOfTheWeekday() {
    var holiday = MONDAY.minusWeeks(2);
    assertThat(history(56, day -> day.equals(holiday) ? 0 : 100).expected(MONDAY)).hasValue(100);
  }

  @Test
  void risingNumbersRaiseWhatIsExpected() {
    // Twice as many for the last two weeks.
    var history = history(70, day -> day.isBefore(MONDAY.minusDays(14)) ? 100 : 200);
    assertThat(history.expected(MONDAY).orElseThrow())
        .isGreaterThan(200)
        .isLessThan(250)
        .isCloseTo(125 * 2800.0 / (7 * 100 + 7 * 112.5), within(1e-9));
  }

  @Test
  void addedDayCountsForThoseAfterIt() {
    var history = history(27, day -> 100);
    history.add(MONDAY.minusDays(28), 100);
    assertThat(history.expected(MONDAY)).hasValue(100);
  }

  private static RowHistory history(int days, ToLongFunction<LocalDate> rows) {
    Map<LocalDate, Long> all = new HashMap<>();
    for (int before = 1; before <= days; before++) {
      var day = MONDAY.minusDays(before);
      all.put(day, rows.applyAsLong(day));
    }
    return new RowHistory(all);
  }
}
