package org.clickmill.jobs.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TrendDaysTest {
  private final TrendDays days = new TrendDays();

  @Test
  void daysThatAreNotAddedCountAsNone() {
    add(100, 10_000, 1);
    add(101, 70_000, 7);
    add(107, 70_000, 7);
    assertThat(days.revenue(0)).isEqualTo(70_000);
    assertThat(days.revenue(1)).isZero();
    assertThat(days.revenue(7)).isEqualTo(10_000);
    assertThat(days.orders(0)).isEqualTo(7);
    assertThat(days.averageRevenue(7)).isEqualTo(20_000);
    assertThat(days.averageOrders(7)).isEqualTo(2);
    assertThat(days.averageOrders(28)).isEqualTo(15 / 28.0);
  }

  @Test
  void daysGoWhenTheLongestAverageHasPassedThem() {
    add(-3, 28, 28);
    days.moveTo(24);
    assertThat(days.revenue(27)).isEqualTo(28);
    assertThat(days.averageOrders(28)).isEqualTo(1);
    days.moveTo(25);
    assertThat(days.averageRevenue(28)).isZero();
    add(25, 28, 0);
    days.moveTo(1000);
    assertThat(days.averageRevenue(28)).isZero();
  }

  @Test
  void averagesAreRoundedHalfEven() {
    add(0, 14, 0);
    assertThat(days.averageRevenue(28)).isZero();
    add(1, 28, 0);
    assertThat(days.averageRevenue(28)).isEqualTo(2);
    add(2, -84, 0);
    assertThat(days.averageRevenue(28)).isEqualTo(-2);
  }

  @Test
  void clearedDaysHaveNone() {
    add(27, 28, 28);
    days.clear();
    assertThat(days.averageRevenue(28)).isZero();
    assertThat(days.averageOrders(28)).isZero();
    add(3, 28, 28);
    assertThat(days.averageRevenue(28)).isEqualTo(1);
  }

  @Test
  void sumsThatAreTooLargeAreNotWrapped() {
    for (int day = 0; day < TrendDays.LONGEST; day++) {
      add(day, 999_999_999_999_999_999L, 1);
    }
    assertThat(days.averageRevenue(7)).isEqualTo(999_999_999_999_999_999L);
    assertThatThrownBy(() -> days.averageRevenue(28)).isInstanceOf(ArithmeticException.class);
  }

  private void add(long day, long revenue, long orders) {
    days.moveTo(day);
    days.add(revenue, orders);
  }
}
