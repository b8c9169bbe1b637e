package org.clickmill.jobs.groupby;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;

/**
 * Takes the rows that are aggregated out of batches, says by flags what each is, and has what
 * measures read of them in arrays with an element for each. It is used by one thread.
 */
public interface RowSource {
  /** The columns of the input that it reads, besides those that keys and measures name. */
  List<String> columns();

  /** The event types that have rows; empty means all. */
  Set<String> eventTypes();

  /**
   * Begins with a batch.
   *
   * @return how many rows it takes out of it
   * @throws SumOverflowException if a value has too many digits
   */
  int begin(ColumnBatch batch);

  /** The batch's row that each row was taken from; ascending. */
  int[] batchRows();

  /** What each row is, a bit for each flag. */
  int[] flags();

  /** What a row is, for the user to find it: where a sum of money overflows. */
  default String describe(int row) {
    return "row " + batchRows()[row];
  }
}
