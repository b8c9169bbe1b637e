package org.clickmill.jobs.interactions;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;

/** The counts of a batch of interactions_days that have a weight. */
final class WeightedCounts {
  private final List<String> columns;
  private final long[][] counts;

  WeightedCounts(Weights weights) {
    columns = weights.columns();
    counts = new long[weights.size()][];
  }

  List<String> columns() {
    return columns;
  }

  void begin(ColumnBatch batch) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = batch.longs(columns.get(i)).values();
    }
  }

  /** Whether a row is an interaction: it has an event of a weighted type. */
  boolean isInteraction(int row) {
    for (long[] count : counts) {
      if (count[row] > 0) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return counts.length;
  }

  /** The number of events of the i-th weighted type. */
  long count(int i, int row) {
    return counts[i][row];
  }
}
