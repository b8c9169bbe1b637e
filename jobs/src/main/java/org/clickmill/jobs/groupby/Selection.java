package org.clickmill.jobs.groupby;

/** Some of a batch's rows, by their numbers among those that a {@link RowSource} takes. */
public final class Selection {
  private int[] rows = new int[0];
  private int size;

  /** Forgets all rows, and makes room for some. */
  public Selection clear(int capacity) {
    if (rows.length < capacity) {
      rows = new int[capacity];
    }
    size = 0;
    return this;
  }

  /** Adds a row; rows are added in ascending order. */
  public void add(int row) {
    rows[size++] = row;
  }

  /** The rows, of which the first {@link #size} count. */
  public int[] rows() {
    return rows;
  }

  public int size() {
    return size;
  }
}
