package org.clickmill.jobs.groupby;

import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/** Something that the rows of a table are grouped by. */
sealed interface Key permits TextKey, TimeKey {
  /** The input's column. */
  String source();

  /** The table's column, and what it holds. */
  String column();

  Type type();

  /** Whether a row without value belongs to no group. */
  boolean leavesOutNull();

  /** Begins to number values. */
  Numbers numbers();

  /**
   * Reads what {@link Numbers#put} wrote, and sets it.
   *
   * @param isLast whether no other key follows
   */
  void set(Row row, int column, ByteReader key, boolean isLast);

  /** Numbers the values that turn up, from 0 on. */
  interface Numbers {
    /** Sets the number of each selected row's value. */
    void of(Rows<?> rows, int[] numbers);

    int size();

    /** Writes a value, so that keys are in the order of their unsigned bytes. */
    void put(int number, ByteWriter key, boolean isLast);

    long memoryBytes();

    void clear();
  }
}
