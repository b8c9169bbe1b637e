package org.clickmill.jobs.expression;

import org.clickmill.jobs.expression.Syntax.Operator;

/** And, or: unknown where the known operand does not decide. */
final class LogicEvaluator extends NumberEvaluator {
  /** The value of an operand that decides alone: false for and, true for or. */
  private final long decisive;

  private final NumberEvaluator left;
  private final NumberEvaluator right;

  LogicEvaluator(Operator operator, NumberEvaluator left, NumberEvaluator right) {
    decisive = operator == Operator.AND ? 0 : 1;
    this.left = left;
    this.right = right;
  }

  @Override
  public NumberVector evaluate(RowValues rows) {
    int size = rows.size();
    var a = left.evaluate(rows);
    var b = right.evaluate(rows);
    result.reset(size);
    if (!a.hasNulls() && !b.hasNulls()) {
      for (int row = 0; row < size; row++) {
        boolean isDecided = a.values()[row] == decisive || b.values()[row] == decisive;
        result.values()[row] = isDecided ? decisive : 1 - decisive;
      }
      return result;
    }
    for (int row = 0; row < size; row++) {
      boolean isDecided =
          (!a.nulls()[row] && a.values()[row] == decisive)
              || (!b.nulls()[row] && b.values()[row] == decisive);
      result.values()[row] = isDecided ? decisive : 1 - decisive;
      if (!isDecided && (a.nulls()[row] || b.nulls()[row])) {
        result.setNull(row);
      }
    }
    return result;
  }
}
