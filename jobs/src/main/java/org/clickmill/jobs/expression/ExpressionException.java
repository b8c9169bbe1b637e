package org.clickmill.jobs.expression;

/** Something is wrong at a place in an expression's text. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * @param offset of the place, from 0
   */
  public ExpressionException(int offset, String problem) {
    super(problem);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }
}
