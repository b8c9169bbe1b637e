package org.clickmill.jobs.clv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class CohortsTest {
  private static final LocalDate TODAY = LocalDate.of(2024, 3, 1);
  private static final LocalDate EVER = LocalDate.of(1900, 1, 1);

  @Test
  void periodsBeginWithTheirFirstDay() {
    var day = LocalDate.of(2024, 8, 31);
    assertThat(FitBy.YEAR.start(day)).isEqualTo("2024-01-01");
    assertThat(FitBy.QUARTER.start(day)).isEqualTo("2024-07-01");
    assertThat(FitBy.MONTH.start(day)).isEqualTo("2024-08-01");
    assertThat(FitBy.QUARTER.start(LocalDate.of(2024, 12, 31))).isEqualTo("2024-10-01");
  }

  @Test
  void ageTellsTheCohort() {
    var cohorts = new Cohorts(FitBy.MONTH, EVER, TODAY);
    assertThat(LocalDate.ofEpochDay(cohorts.of(0))).isEqualTo("2024-03-01");
    assertThat(LocalDate.ofEpochDay(cohorts.of(1))).isEqualTo("2024-02-01");
    assertThat(LocalDate.ofEpochDay(cohorts.of(29))).isEqualTo("2024-02-01");
    assertThat(LocalDate.ofEpochDay(cohorts.of(30))).isEqualTo("2024-01-01");
    assertThat(new Cohorts(FitBy.ALL, EVER, TODAY).of(7)).isEqualTo(Cohorts.EVERYBODY);
  }

  @Test
  void customersAcquiredOnTheDayAreFitted() {
    var since = LocalDate.of(2024, 2, 1);
    var cohorts = new Cohorts(FitBy.ALL, since, TODAY);
    int age = (int) ChronoUnit.DAYS.between(since, TODAY);
    assertThat(cohorts.isFitted(age)).isTrue();
    assertThat(cohorts.isFitted(age + 1)).isFalse();
    assertThat(new Cohorts(FitBy.ALL, TODAY.plusDays(1), TODAY).isFitted(0)).isFalse();
  }

  @Test
  void everyCustomerIsInOneCohort() {
    var counts = new SummaryCounts();
    counts.add(0, 0, 10, 5);
    counts.add(0, 0, 40, 7);
    counts.add(1, 3, 12, 2);
    var apart = new Cohorts(FitBy.MONTH, EVER, TODAY).apart(counts);
    assertThat(apart.values()).extracting(SummaryCounts::customers).containsExactly(7L, 7L);
    assertThat(apart.values()).extracting(SummaryCounts::repeatCustomers).containsExactly(0L, 2L);
    assertThat(new Cohorts(FitBy.ALL, EVER, TODAY).apart(counts)).isEmpty();
  }
}
