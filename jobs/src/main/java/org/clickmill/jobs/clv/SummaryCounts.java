package org.clickmill.jobs.clv;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.function.IntPredicate;
import org.clickmill.formats.failure.ClickmillException;

/**
 * How many customers have each purchase history (x, t_x, T), in days and sorted. Customers with the
 * same history have the same likelihood, so a fit needs no more than this.
 */
final class SummaryCounts {
  private final IntArrayList repeats = new IntArrayList();
  private final IntArrayList lastPurchases = new IntArrayList();
  private final IntArrayList ages = new IntArrayList();
  private final LongArrayList counts = new LongArrayList();
  private long customers;
  private long repeatCustomers;
  private double sumOfRepeats;
  private double sumOfAges;
  private int maximumAge;

  /**
   * Adds customers who share a history; rows come in ascending order of (x, t_x, T), and a row that
   * equals the one before is added to it.
   *
   * @param x purchase days after the first
   * @param lastPurchase t_x, days from the first to the last purchase day
   * @param age T, days from the first purchase day to the end of observation
   * @param count number of customers, at least one
   */
  void add(int x, int lastPurchase, int age, long count) {
    check(x, lastPurchase, age, count);
    int last = size() - 1;
    int order = last < 0 ? 1 : compare(x, lastPurchase, age, last);
    if (order < 0) {
      throw invalid(x, lastPurchase, age, "it is out of order");
    }
    if (order == 0) {
      counts.set(last, Math.addExact(counts.getLong(last), count));
    } else {
      repeats.add(x);
      lastPurchases.add(lastPurchase);
      ages.add(age);
      counts.add(count);
    }
    customers = Math.addExact(customers, count);
    repeatCustomers += x > 0 ? count : 0;
    sumOfRepeats += (double) x * count;
    sumOfAges += (double) age * count;
    maximumAge = Math.max(maximumAge, age);
  }

  /** Refuses what no customer can have. */
  private static void check(int x, int lastPurchase, int age, long count) {
    if (x < 0 || lastPurchase < 0 || age < 0) {
      throw invalid(x, lastPurchase, age, "no number may be negative");
    }
    if (lastPurchase > age) {
      throw invalid(x, lastPurchase, age, "the last purchase is after the end of observation");
    }
    if (x == 0 && lastPurchase > 0) {
      throw invalid(x, lastPurchase, age, "a last purchase needs a repeat purchase");
    }
    if (count < 1) {
      throw invalid(x, lastPurchase, age, "its number of customers is " + count);
    }
  }

  private int compare(int x, int lastPurchase, int age, int row) {
    int order = Integer.compare(x, repeats.getInt(row));
    order = order != 0 ? order : Integer.compare(lastPurchase, lastPurchases.getInt(row));
    return order != 0 ? order : Integer.compare(age, ages.getInt(row));
  }

  private static ClickmillException invalid(int x, int lastPurchase, int age, String why) {
    return ClickmillException.failed(
        "Invalid purchase history x = %d, t_x = %d, T = %d: %s", x, lastPurchase, age, why);
  }

  /** The customers of some ages. */
  SummaryCounts where(IntPredicate ages) {
    var some = new SummaryCounts();
    for (int row = 0; row < size(); row++) {
      if (ages.test(age(row))) {
        some.add(x(row), lastPurchase(row), age(row), count(row));
      }
    }
    return some;
  }

  /** Number of distinct histories. */
  int size() {
    return counts.size();
  }

  int x(int row) {
    return repeats.getInt(row);
  }

  int lastPurchase(int row) {
    return lastPurchases.getInt(row);
  }

  int age(int row) {
    return ages.getInt(row);
  }

  long count(int row) {
    return counts.getLong(row);
  }

  long customers() {
    return customers;
  }

  /** Customers with x &gt; 0. */
  long repeatCustomers() {
    return repeatCustomers;
  }

  /** Average x over customers; NaN if there are none. */
  double meanRepeats() {
    return sumOfRepeats / customers;
  }

  /** Average T over customers; NaN if there are none. */
  double meanAge() {
    return sumOfAges / customers;
  }

  /** The largest T; 0 if there are no customers. */
  int maximumAge() {
    return maximumAge;
  }
}
