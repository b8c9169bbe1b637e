package org.clickmill.jobs.groupby;

import org.clickmill.formats.table.StringColumn;

/** Rows that have the values themselves by which they are grouped, with an element for each row. */
public interface ComputedRows extends RowSource {
  /** What the ids of a key of type string stand for. */
  StringColumn keyTexts(int index);

  /** The ids of a key of type string, {@link StringColumn#NULL} for none. */
  int[] keyIds(int index);

  /** The values of another key: numbers, times, days, and 0 and 1. */
  long[] keyNumbers(int index);

  /** Which rows have no value of another key; null if all have one. */
  boolean[] keyNulls(int index);
}
