package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts values in bins that are known before the values are: their bounds are 1, 2 and 5 times
 * powers of ten, so that one pass is enough whatever the currency. A dozen bins up to the highest
 * value are distinguished; what lies between 0 and them is in one.
 */
final class ValueHistogram {
  /**
   * Values in a range.
   *
   * @param from the lowest value; null for no bound
   * @param to the value above, exclusive; null for no bound
   */
  record Bin(BigDecimal from, BigDecimal to, long values) {}

  private static final int MOST_BINS = 12;
  private static final BigDecimal[] BOUNDS = bounds();
  private static final double[] KEYS =
      Arrays.stream(BOUNDS).mapToDouble(BigDecimal::doubleValue).toArray();

  /** Below 0, then from each bound on. */
  private final long[] counts = new long[BOUNDS.length + 1];

  void add(double value) {
    int place = Arrays.binarySearch(KEYS, value);
    counts[place >= 0 ? place + 1 : -place - 1]++;
  }

  /** From the lowest; none if nothing was added. */
  List<Bin> bins() {
    int last = counts.length - 1;
    while (last >= 0 && counts[last] == 0) {
      last--;
    }
    var bins = new ArrayList<Bin>();
    if (counts[0] > 0) {
      bins.add(new Bin(null, BigDecimal.ZERO, counts[0]));
    }
    if (last < 1) {
      return bins;
    }
    int first = 1;
    while (first < last && (counts[first] == 0 || last - first >= MOST_BINS)) {
      first++;
    }
    long below = 0;
    for (int i = 1; i < first; i++) {
      below += counts[i];
    }
    if (below > 0) {
      bins.add(new Bin(BigDecimal.ZERO, BOUNDS[first - 1], below));
    }
    for (int i = first; i <= last; i++) {
      bins.add(new Bin(BOUNDS[i - 1], i < BOUNDS.length ? BOUNDS[i] : null, counts[i]));
    }
    return bins;
  }

  /** 0, and from 0.01 on. */
  private static BigDecimal[] bounds() {
    var bounds = new ArrayList<BigDecimal>();
    bounds.add(BigDecimal.ZERO);
    for (int power = -2; power < 12; power++) {
      for (int digit : new int[] {1, 2, 5}) {
        bounds.add(
            new BigDecimal(BigDecimal.valueOf(digit).scaleByPowerOfTen(power).toPlainString()));
      }
    }
    return bounds.toArray(BigDecimal[]::new);
  }
}
