package org.clickmill.jobs.sales;

import java.util.Arrays;
import org.clickmill.formats.event.Money;

/**
 * Revenue and orders of a day and the days before it, which moves on from day to day; days to which
 * nothing is added have none.
 */
final class TrendDays {
  /** Days of the longest average. */
  static final int LONGEST = 28;

  private final long[] revenue = new long[LONGEST];
  private final long[] orders = new long[LONGEST];
  private long last;

  /** Begins with no sales on any day. */
  void clear() {
    Arrays.fill(revenue, 0);
    Arrays.fill(orders, 0);
  }

  /** Moves on to a day, in days since the epoch, that is not before the last one. */
  void moveTo(long epochDay) {
    long moved = Math.min(LONGEST, epochDay - last);
    last = epochDay;
    for (int daysBack = 0; daysBack < moved; daysBack++) {
      revenue[place(daysBack)] = 0;
      orders[place(daysBack)] = 0;
    }
  }

  /**
   * Adds sales of the last day.
   *
   * @param scaled revenue, scaled by 10^4
   * @throws ArithmeticException if the day's revenue is too large
   */
  void add(long scaled, long number) {
    int place = place(0);
    revenue[place] = Math.addExact(revenue[place], scaled);
    orders[place] = Math.addExact(orders[place], number);
  }

  /** Revenue of a day, scaled by 10^4. */
  long revenue(int daysBack) {
    return revenue[place(daysBack)];
  }

  long orders(int daysBack) {
    return orders[place(daysBack)];
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

  private long sum(long[] values, int days) {
    long sum = 0;
    for (int daysBack = 0; daysBack < days; daysBack++) {
      sum = Math.addExact(sum, values[place(daysBack)]);
    }
    return sum;
  }

  private int place(int daysBack) {
    return Math.floorMod(last - daysBack, LONGEST);
  }
}
