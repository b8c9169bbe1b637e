package org.clickmill.jobs.clv;

import java.util.stream.IntStream;

/**
 * Adds up a figure over the rows of a table on all processors. The rows are cut in the same places
 * and the parts added in the same order whatever the processors, so the sum is always the same.
 */
final class RowSums {
  private static final int PART = 8_192;

  /** The sum over some consecutive rows. */
  interface Part {
    double sum(int fromRow, int toRow);
  }

  private RowSums() {}

  static double sum(int rows, Part part) {
    int parts = (rows + PART - 1) / PART;
    if (parts == 1) {
      return part.sum(0, rows);
    }
    double[] sums =
        IntStream.range(0, parts)
            .parallel()
            .mapToDouble(i -> part.sum(i * PART, Math.min(rows, (i + 1) * PART)))
            .toArray();
    double sum = 0;
    for (double some : sums) {
      sum += some;
    }
    return sum;
  }
}
