package org.clickmill.jobs.ingest;

import java.util.Arrays;
import org.clickmill.formats.read.EventBatch;
import org.clickmill.jobs.kernel.Hours;

/** A batch and the order of its events. */
final class SortedBatch {
  private static final int ROW_BITS = 31;
  private static final long ROW = (1L << ROW_BITS) - 1;

  private final EventBatch batch;

  /** The rows in order, or null if they are in order as they stand. */
  private final int[] rows;

  private SortedBatch(EventBatch batch, int[] rows) {
    this.batch = batch;
    this.rows = rows;
  }

  /** Sorts a batch whose times lie within an hour; it costs little where it is in order already. */
  static SortedBatch of(EventBatch batch) {
    return new SortedBatch(batch, isInOrder(batch) ? null : sort(batch));
  }

  EventBatch batch() {
    return batch;
  }

  int size() {
    return batch.size();
  }

  /** Whether the batch was in order as it stood in its file. */
  boolean wasInOrder() {
    return rows == null;
  }

  /** The row of the event at a place in the order. */
  int row(int index) {
    return rows == null ? index : rows[index];
  }

  /** Whether no event of this comes before the last of another. */
  boolean follows(SortedBatch other) {
    return batch.compare(row(0), other.batch, other.row(other.size() - 1)) >= 0;
  }

  long memoryBytes() {
    return batch.memoryBytes() + (rows == null ? 0 : (long) Integer.BYTES * rows.length);
  }

  private static boolean isInOrder(EventBatch batch) {
    for (int row = 1; row < batch.size(); row++) {
      long time = batch.eventTime(row);
      long before = batch.eventTime(row - 1);
      if (time < before || time == before && batch.compare(row, batch, row - 1) < 0) {
        return false;
      }
    }
    return true;
  }

  /** By time as numbers that hold the row, too; then those of the same millisecond. */
  private static int[] sort(EventBatch batch) {
    long hour = Hours.of(batch.eventTime(0)) * Hours.MILLISECONDS;
    var keys = new long[batch.size()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = (batch.eventTime(row) - hour) << ROW_BITS | row;
    }
    Arrays.sort(keys);
    var rows = new int[keys.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) (keys[i] & ROW);
    }
    for (int start = 0, end; start < rows.length; start = end) {
      end = start + 1;
      while (end < rows.length && keys[end] >> ROW_BITS == keys[start] >> ROW_BITS) {
        end++;
      }
      if (end - start > 1) {
        sort(batch, rows, start, end);
      }
    }
    return rows;
  }

  private static void sort(EventBatch batch, int[] rows, int start, int end) {
    var boxed = new Integer[end - start];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = rows[start + i];
    }
    Arrays.sort(boxed, (row, other) -> batch.compare(row, batch, other));
    for (int i = 0; i < boxed.length; i++) {
      rows[start + i] = boxed[i];
    }
  }
}
