package org.clickmill.jobs.clv;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.hipparchus.util.FastMath;

/**
 * How many customers with repeat purchases have each number of them and average value, (x, m),
 * sorted. Only customers with x &gt; 0 and m &gt; 0 belong here.
 */
final class ValueCounts {
  private static final double STEP = 0.001;

  private final IntArrayList repeats = new IntArrayList();
  private final LongArrayList values = new LongArrayList();
  private final DoubleArrayList logarithms = new DoubleArrayList();
  private final LongArrayList counts = new LongArrayList();
  private long customers;
  private double sumOfLogarithms;
  private long smallest = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;

  /**
   * Adds customers who share both; rows come in ascending order of (x, m), and a row that equals
   * the one before is added to it.
   *
   * @param x purchase days after the first, at least one
   * @param value m, the average value of those days, scaled by 10^4, more than nothing
   * @param count number of customers, at least one
   */
  void add(int x, long value, long count) {
    if (x < 1) {
      throw invalid(x, value, "there is no repeat purchase");
    }
    if (value <= 0) {
      throw invalid(x, value, "the value must be more than 0");
    }
    if (count < 1) {
      throw invalid(x, value, "its number of customers is " + count);
    }
    int last = size() - 1;
    int order = last < 0 ? 1 : Integer.compare(x, repeats.getInt(last));
    order = order != 0 ? order : Long.compare(value, values.getLong(last));
    if (order < 0) {
      throw invalid(x, value, "it is out of order");
    }
    if (order == 0) {
      counts.set(last, Math.addExact(counts.getLong(last), count));
    } else {
      repeats.add(x);
      values.add(value);
      logarithms.add(FastMath.log(amount(value)));
      counts.add(count);
    }
    customers = Math.addExact(customers, count);
    sumOfLogarithms += FastMath.log(amount(value)) * count;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }

  private static ClickmillException invalid(int x, long value, String why) {
    return ClickmillException.failed(
        "Invalid average value m = %s of x = %d repeat purchases: %s",
        Money.decimal(value), x, why);
  }

  /** A scaled amount of money as the number that it stands for. */
  static double amount(long scaled) {
    return scaled / 1e4;
  }

  /** The value rounded to a power of 1.001; larger values never become smaller ones. */
  static long rounded(long scaled) {
    double step = FastMath.log1p(STEP);
    return Math.max(
        1, Math.round(FastMath.exp(Math.rint(FastMath.log((double) scaled) / step) * step)));
  }

  /** Number of distinct rows. */
  int size() {
    return counts.size();
  }

  int x(int row) {
    return repeats.getInt(row);
  }

  /** The logarithm of the average value, not scaled. */
  double logValue(int row) {
    return logarithms.getDouble(row);
  }

  long count(int row) {
    return counts.getLong(row);
  }

  long customers() {
    return customers;
  }

  /**
   * The geometric mean of m over customers, not scaled; NaN if there are none. A few huge values,
   * which the plain mean would follow, hardly move it.
   */
  double typicalValue() {
    return FastMath.exp(sumOfLogarithms / customers);
  }

  /**
   * Pearson's correlation of x and m over customers, which Gamma-Gamma takes to be 0; NaN where
   * either is the same for all.
   */
  double correlation() {
    double meanX = 0;
    double meanValue = 0;
    for (int row = 0; row < size(); row++) {
      meanX += (double) x(row) * count(row) / customers;
      meanValue += amount(values.getLong(row)) * count(row) / customers;
    }
    double squaresX = 0;
    double squaresValue = 0;
    double products = 0;
    for (int row = 0; row < size(); row++) {
      double fromX = x(row) - meanX;
      double fromValue = amount(values.getLong(row)) - meanValue;
      squaresX += count(row) * fromX * fromX;
      squaresValue += count(row) * fromValue * fromValue;
      products += count(row) * fromX * fromValue;
    }
    return repeats.isEmpty() || x(0) == x(size() - 1) || allTheSame()
        ? Double.NaN
        : products / FastMath.sqrt(squaresX * squaresValue);
  }

  boolean allTheSame() {
    return smallest >= largest;
  }
}
