package org.clickmill.jobs.groupby;

/** A sum that does not fit in 64 bits. */
final class SumOverflowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int row;

  /**
   * @param row the row at which it does not
   */
  SumOverflowException(int row, ArithmeticException cause) {
    super(cause);
    this.row = row;
  }

  int row() {
    return row;
  }

  @Override
  public synchronized ArithmeticException getCause() {
    return (ArithmeticException) super.getCause();
  }
}
