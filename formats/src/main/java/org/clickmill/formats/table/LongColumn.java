package org.clickmill.formats.table;

/**
 * A column of whole numbers of one batch: counts, days, times in milliseconds, or money scaled by
 * 10^4. The arrays belong to the batch: read only, and valid until the reader moves on.
 */
public final class LongColumn {
  private final long[] values;
  private final boolean[] nulls;

  /**
   * @param values the value of each row, 0 where there is none
   * @param nulls which rows have no value, or null if all have one
   */
  public LongColumn(long[] values, boolean[] nulls) {
    this.values = values;
    this.nulls = nulls;
  }

  /** The value of each row, 0 where there is none. May be longer than the batch. */
  public long[] values() {
    return values;
  }

  public boolean isNull(int row) {
    return nulls != null && nulls[row];
  }
}
