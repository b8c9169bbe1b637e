package org.clickmill.jobs.groupby;

import org.clickmill.formats.table.StringColumn;

/** Some of the rows that a {@link RowSource} took out of a batch, in ascending order. */
final class Selection {
  private int[] rows = new int[0];
  private int size;

  /** The rows, of which the first {@link #size} count. */
  int[] rows() {
    return rows;
  }

  int size() {
    return size;
  }

  /** Selects those of the first {@code count} rows that have all of some flags. */
  void select(int count, int[] flags, int wanted) {
    reserve(count);
    int kept = 0;
    for (int row = 0; row < count; row++) {
      rows[kept] = row;
      kept += (flags[row] & wanted) == wanted ? 1 : 0;
    }
    size = kept;
  }

  /** Becomes the rows of another selection that have all of some flags. */
  void select(Selection from, int[] flags, int wanted) {
    reserve(from.size);
    int kept = 0;
    for (int i = 0; i < from.size; i++) {
      int row = from.rows[i];
      rows[kept] = row;
      kept += (flags[row] & wanted) == wanted ? 1 : 0;
    }
    size = kept;
  }

  /** Leaves out the rows without a value of a column. */
  void leaveOutNull(int[] ids, int[] batchRows) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int row = rows[i];
      rows[kept] = row;
      kept += ids[batchRows[row]] != StringColumn.NULL ? 1 : 0;
    }
    size = kept;
  }

  private void reserve(int count) {
    if (rows.length < count) {
      rows = new int[count];
    }
  }
}
