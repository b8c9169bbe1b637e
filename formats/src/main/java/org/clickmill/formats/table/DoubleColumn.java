package org.clickmill.formats.table;

/** A column of floating-point numbers of one batch; the arrays belong to the batch. */
public final class DoubleColumn {
  private final double[] values;
  private final boolean[] nulls;

  /**
   * @param values the value of each row, 0 where there is none
   * @param nulls which rows have no value, or null if all have one
   */
  public DoubleColumn(double[] values, boolean[] nulls) {
    this.values = values;
    this.nulls = nulls;
  }

  /** The value of each row, 0 where there is none. May be longer than the batch. */
  public double[] values() {
    return values;
  }

  public boolean isNull(int row) {
    return nulls != null && nulls[row];
  }
}
