package org.clickmill.jobs.metrics;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.expression.Columns;
import org.clickmill.jobs.expression.NumberVector;
import org.clickmill.jobs.expression.TextVector;

/** Takes the rows that a metric may count out of batches, and has their columns. */
interface MetricSource extends Columns {
  /**
   * The input's columns that are read.
   *
   * @param used the columns that expressions name
   */
  List<String> inputColumns(Set<String> used);

  /** The event types that have rows; empty means all. */
  Set<String> eventTypes();

  /**
   * Begins with a batch.
   *
   * @return how many rows it has
   */
  int begin(ColumnBatch batch);

  /** The batch's row that each row was taken from; ascending. */
  int[] batchRows();

  /**
   * Gets a column that holds no texts.
   *
   * @param rows the numbers of the rows that are wanted, the first {@code size} of them
   */
  void numbers(String column, int[] rows, int size, NumberVector target);

  /** Gets a column of texts. */
  void texts(String column, int[] rows, int size, TextVector target);
}
