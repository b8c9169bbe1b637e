package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class HoldoutTest {
  private final Holdout holdout = new Holdout(LocalDate.of(1998, 6, 30), 39);

  @Test
  void calibrationEndsWholeWeeksBefore() {
    assertThat(holdout.calibrationEnd()).isEqualTo("1997-09-30");
  }

  @Test
  void weeksBeginTheDayAfterTheCalibrationAndEndWithTheLastDay() {
    assertThat(holdout.week(1)).isEqualTo(1);
    assertThat(holdout.week(7)).isEqualTo(1);
    assertThat(holdout.week(8)).isEqualTo(2);
    assertThat(holdout.week(39 * 7)).isEqualTo(39);
    assertThat(holdout.firstDay(1)).isEqualTo("1997-10-01");
    assertThat(holdout.firstDay(39).plusDays(6)).isEqualTo(holdout.end());
  }
}
