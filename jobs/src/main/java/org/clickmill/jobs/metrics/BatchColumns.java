package org.clickmill.jobs.metrics;

import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.expression.Columns.Column;
import org.clickmill.jobs.expression.NumberVector;
import org.clickmill.jobs.expression.TextVector;
import org.clickmill.jobs.expression.ValueType;

/** Gathers columns of a batch for some of its rows. */
final class BatchColumns {
  private BatchColumns() {}

  static void numbers(
      ColumnBatch batch, Column column, int[] batchRows, int[] rows, int size, NumberVector to) {
    to.reset(size);
    var values = to.values();
    if (column.type() == ValueType.DOUBLE) {
      var doubles = batch.doubles(column.name());
      for (int i = 0; i < size; i++) {
        int row = batchRows[rows[i]];
        values[i] = Double.doubleToRawLongBits(doubles.values()[row]);
        if (doubles.isNull(row)) {
          to.setNull(i);
        }
      }
      return;
    }
    var longs = batch.longs(column.name());
    var all = longs.values();
    for (int i = 0; i < size; i++) {
      values[i] = all[batchRows[rows[i]]];
    }
    if (column.isNullable()) {
      for (int i = 0; i < size; i++) {
        if (longs.isNull(batchRows[rows[i]])) {
          to.setNull(i);
        }
      }
    }
  }

  static void texts(StringColumn column, int[] batchRows, int[] rows, int size, TextVector to) {
    to.reset(column, size);
    var ids = to.ids();
    var all = column.ids();
    for (int i = 0; i < size; i++) {
      ids[i] = all[batchRows[rows[i]]];
    }
  }

  /** The same value for all rows. */
  static void constant(long value, int size, NumberVector to) {
    to.reset(size);
    for (int i = 0; i < size; i++) {
      to.values()[i] = value;
    }
  }
}
