package org.clickmill.jobs.expression;

import org.clickmill.jobs.expression.Syntax.Operator;

/** Compares numbers, times, dates and booleans. */
final class ComparisonEvaluator extends NumberEvaluator {
  private final long[] outcomes;
  private final NumberEvaluator left;
  private final NumberEvaluator right;
  private final boolean isDouble;

  ComparisonEvaluator(
      Operator operator, NumberEvaluator left, NumberEvaluator right, boolean isDouble) {
    outcomes = outcomes(operator);
    this.left = left;
    this.right = right;
    this.isDouble = isDouble;
  }

  /** Whether an operator holds where the left operand is less, equal, greater. */
  static long[] outcomes(Operator operator) {
    return switch (operator) {
      case EQUAL -> new long[] {0, 1, 0};
      case NOT_EQUAL -> new long[] {1, 0, 1};
      case LESS -> new long[] {1, 0, 0};
      case LESS_OR_EQUAL -> new long[] {1, 1, 0};
      case GREATER -> new long[] {0, 0, 1};
      case GREATER_OR_EQUAL -> new long[] {0, 1, 1};
      default -> throw new IllegalArgumentException("Not a comparison: " + operator);
    };
  }

  @Override
  public NumberVector evaluate(RowValues rows) {
    int size = rows.size();
    var a = left.evaluate(rows);
    var b = right.evaluate(rows);
    result.reset(size);
    result.addNulls(a, size);
    result.addNulls(b, size);
    var values = result.values();
    var lefts = a.values();
    var rights = b.values();
    for (int row = 0; row < size; row++) {
      int order = isDouble ? order(lefts[row], rights[row]) : Long.compare(lefts[row], rights[row]);
      values[row] = outcomes[order + 1];
    }
    return result;
  }

  /** Zeros are equal, and what is no number comes after all numbers. */
  private static int order(long leftBits, long rightBits) {
    double a = Double.longBitsToDouble(leftBits);
    double b = Double.longBitsToDouble(rightBits);
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : Double.compare(a, b);
  }
}
