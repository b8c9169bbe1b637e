package org.clickmill.jobs.groupby;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.ColumnBatch;

/**
 * Takes the rows that are aggregated out of batches, and has what measures read of them as arrays
 * with an element for each. It is used by one thread.
 */
public interface RowSource {
  /** The columns of the input that it reads, but those of keys. */
  List<String> columns();

  /** The event types that have rows; empty means all. */
  Set<String> eventTypes();

  /**
   * Begins with a batch.
   *
   * @return how many rows it takes out of it
   */
  int begin(ColumnBatch batch);

  /** The batch's row that each row was taken from; ascending. */
  int[] batchRows();

  /** Milliseconds since the epoch of each row. */
  long[] times();

  /** All rows of the batch. */
  Selection all();

  /**
   * What to tell the user when a sum overflows.
   *
   * @param sums what is added up
   * @param row the row at which it does
   */
  ClickmillException overflow(String sums, int row, ArithmeticException cause);
}
