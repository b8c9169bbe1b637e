package org.clickmill.jobs.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TrendDaysTest {
  private final TrendDays days = new TrendDays();

  @Test
  void daysThatAreNotAddedCountAsNone() {
    days.add(0, 70_000, 7);
    days.add(6, 70_000, 7);
    days.add(7, 10_000, 1);
    assertThat(days.revenue(0)).isEqualTo(70_000);
    assertThat(days.revenue(1)).isZero();
    assertThat(days.orders(0)).isEqualTo(7);
    assertThat(days.averageRevenue(7)).isEqualTo(20_000);
    assertThat(days.averageOrders(7)).isEqualTo(2);
    assertThat(days.averageOrders(28)).isEqualTo(15 / 28.0);
  }

  @Test
  void averagesAreRoundedHalfEven() {
    days.add(0, 14, 0);
    assertThat(days.averageRevenue(28)).isZero();
    days.add(1, 28, 0);
    assertThat(days.averageRevenue(28)).isEqualTo(2);
    days.add(2, -84, 0);
    assertThat(days.averageRevenue(28)).isEqualTo(-2);
  }

  @Test
  void clearedDaysHaveNone() {
    days.add(27, 28, 28);
    days.clear();
    assertThat(days.averageRevenue(28)).isZero();
    assertThat(days.averageOrders(28)).isZero();
  }

  @Test
  void sumsThatAreTooLargeAreNotWrapped() {
    for (int day = 0; day < TrendDays.LONGEST; day++) {
      days.add(day, 999_999_999_999_999_999L, 1);
    }
    assertThat(days.averageRevenue(7)).isEqualTo(999_999_999_999_999_999L);
    assertThatThrownBy(() -> days.averageRevenue(28)).isInstanceOf(ArithmeticException.class);
  }
}
