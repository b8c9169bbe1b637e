package org.clickmill.jobs.groupby;

/** A sum, or a value to be added up, that does not fit in 64 bits. */
public final class SumOverflowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int row;

  /**
   * @param row the source's row at which it does not
   */
  public SumOverflowException(int row, ArithmeticException cause) {
    super(cause);
    this.row = row;
  }

  int row() {
    return row;
  }
}
