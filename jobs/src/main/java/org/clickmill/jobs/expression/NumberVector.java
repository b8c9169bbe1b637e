package org.clickmill.jobs.expression;

import java.util.Arrays;

/** A value for each row, as {@link ValueType} holds it; the arrays may be longer. */
public final class NumberVector {
  private long[] values = new long[0];
  private boolean[] nulls = new boolean[0];
  private boolean hasNulls;

  /** Makes room, and has no row NULL. */
  public void reset(int size) {
    if (values.length < size) {
      values = new long[size];
      nulls = new boolean[size];
    } else if (hasNulls) {
      Arrays.fill(nulls, false);
    }
    hasNulls = false;
  }

  /** Without meaning where a row is NULL. */
  public long[] values() {
    return values;
  }

  /** Which rows are NULL. */
  public boolean[] nulls() {
    return nulls;
  }

  /** Whether some row may be NULL. */
  public boolean hasNulls() {
    return hasNulls;
  }

  public void setNull(int row) {
    nulls[row] = true;
    hasNulls = true;
  }

  /** Makes NULL what is NULL in another vector. */
  void addNulls(NumberVector other, int size) {
    if (other.hasNulls) {
      hasNulls = true;
      for (int row = 0; row < size; row++) {
        nulls[row] |= other.nulls[row];
      }
    }
  }

  /** Makes NULL the rows without text. */
  void addNulls(int[] ids, int size) {
    for (int row = 0; row < size; row++) {
      boolean isNull = ids[row] < 0;
      nulls[row] |= isNull;
      hasNulls |= isNull;
    }
  }
}
