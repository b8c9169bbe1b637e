package org.clickmill.testdata.generate;

/** A distribution of whole numbers as a table of its quantiles, straight lines between them. */
final class Quantiles {
  private static final int BITS = 12;
  private static final int CELLS = 1 << BITS;

  private final long[] bounds;

  private Quantiles(long[] bounds) {
    this.bounds = bounds;
  }

  /**
   * A log-logistic distribution, cut off at both ends: half of all values are above the median, and
   * the larger the spread, the heavier the tail.
   */
  static Quantiles logLogistic(double median, double spread, int minimum, int maximum) {
    long[] bounds = new long[CELLS + 1];
    for (int i = 0; i <= CELLS; i++) {
      double odds = (double) i / (CELLS - i);
      double value = median * StrictMath.pow(odds, spread);
      bounds[i] = (long) Math.min(maximum, Math.max(minimum, value));
    }
    return new Quantiles(bounds);
  }

  /**
   * Of 4,096 equally likely whole numbers, P(value &gt; n) being about n to the power of -decay.
   */
  static long[] powerLaw(double decay, int maximum) {
    long[] values = new long[CELLS];
    for (int i = 0; i < CELLS; i++) {
      double value = StrictMath.pow((i + 0.5) / CELLS, -1 / decay);
      values[i] = (long) Math.min(maximum, value);
    }
    return values;
  }

  /** The entry of a table of 4,096 that random bits choose. */
  static long choose(long[] values, long bits) {
    return values[(int) (bits >>> (64 - BITS))];
  }

  /** The value that random bits stand for. */
  long value(long bits) {
    int cell = (int) (bits >>> (64 - BITS));
    long within = (bits >>> 20) & 0xffffffffL;
    long low = bounds[cell];
    return low + (((bounds[cell + 1] - low) * within) >>> 32);
  }
}
