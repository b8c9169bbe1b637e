package org.clickmill.jobs.kernel;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;

/** Copies rows of a table, as they are, into those of a table. */
public final class RowCopy {
  private final List<TableSchema.Column> columns;
  private final int[] ordinals;

  /**
   * @param source the table whose columns are copied
   * @param target has them, too
   */
  public RowCopy(TableSchema source, TableSchema target) {
    columns = source.columns();
    ordinals = columns.stream().mapToInt(column -> target.ordinal(column.name())).toArray();
  }

  /** The columns that are read. */
  public List<String> columns() {
    return columns.stream().map(TableSchema.Column::name).toList();
  }

  /** Sets the columns of a row that is clear. */
  public void copy(ColumnBatch batch, int row, Row target) {
    for (int i = 0; i < ordinals.length; i++) {
      copy(batch, row, columns.get(i), ordinals[i], target);
    }
  }

  private static void copy(
      ColumnBatch batch, int row, TableSchema.Column column, int ordinal, Row target) {
    if (column.type().isBytes()) {
      var texts = batch.strings(column.name());
      int id = texts.ids()[row];
      if (id >= 0) {
        target.setText(ordinal, texts.bytes(), texts.offset(id), texts.length(id));
      }
      return;
    }
    if (column.type().isDouble()) {
      var doubles = batch.doubles(column.name());
      if (!doubles.isNull(row)) {
        target.setDouble(ordinal, doubles.values()[row]);
      }
      return;
    }
    var numbers = batch.longs(column.name());
    if (numbers.isNull(row)) {
      return;
    }
    if (column.type().isLong()) {
      target.setLong(ordinal, numbers.values()[row]);
    } else {
      target.setBoolean(ordinal, numbers.values()[row] != 0);
    }
  }
}
