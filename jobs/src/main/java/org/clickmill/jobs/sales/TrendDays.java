package org.clickmill.jobs.sales;

import java.util.Arrays;
import org.clickmill.formats.event.Money;

/** Revenue and orders of a day and the days before it; days that are not added have none. */
final class TrendDays {
  /** Days of the longest average. */
  static final int LONGEST = 28;

  private final long[] revenue = new long[LONGEST];
  private final long[] orders = new long[LONGEST];

  void clear() {
    Arrays.fill(revenue, 0);
    Arrays.fill(orders, 0);
  }

  /**
   * Adds sales of a day.
   *
   * @param daysBack 0 for the last day
   * @param scaled revenue, scaled by 10^4
   * @throws ArithmeticException if the day's revenue is too large
   */
  void add(int daysBack, long scaled, long number) {
    revenue[daysBack] = Math.addExact(revenue[daysBack], scaled);
    orders[daysBack] = Math.addExact(orders[daysBack], number);
  }

  /** Revenue of a day, scaled by 10^4. */
  long revenue(int daysBack) {
    return revenue[daysBack];
  }

  long orders(int daysBack) {
    return orders[daysBack];
  }

  /**
   * Average revenue of the last days, scaled by 10^4 and rounded half-even.
   *
   * @throws ArithmeticException if their sum is too large
   */
  long averageRevenue(int days) {
    return Money.average(sum(revenue, days), days);
  }

  double averageOrders(int days) {
    return (double) sum(orders, days) / days;
  }

  private static long sum(long[] values, int days) {
    long sum = 0;
    for (int i = 0; i < days; i++) {
      sum = Math.addExact(sum, values[i]);
    }
    return sum;
  }
}
