package org.clickmill.jobs.groupby;

import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/** Something that the rows of a table are grouped by. */
sealed interface Key permits TextKey, TimeKey, ComputedKey {
  /** The input's column; null if the rows have the values. */
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

  /** Passes over what {@link Numbers#put} wrote, where another key follows. */
  void skip(ByteReader key);

  /** Whether the rest of a key, whose last this one is, is a text; passes over what is before. */
  boolean endsWithText(ByteReader key);

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
