package org.clickmill.jobs.expression;

import java.util.Arrays;
import org.clickmill.jobs.expression.Syntax.Operator;

/** Compares two texts of each row, by their bytes. */
final class TextComparison extends NumberEvaluator {
  private final long[] outcomes;
  private final TextEvaluator left;
  private final TextEvaluator right;

  TextComparison(Operator operator, TextEvaluator left, TextEvaluator right) {
    outcomes = ComparisonEvaluator.outcomes(operator);
    this.left = left;
    this.right = right;
  }

  @Override
  public NumberVector evaluate(RowValues rows) {
    int size = rows.size();
    var a = left.evaluate(rows);
    var b = right.evaluate(rows);
    result.reset(size);
    result.addNulls(a.ids(), size);
    result.addNulls(b.ids(), size);
    var lefts = a.dictionary();
    var rights = b.dictionary();
    for (int row = 0; row < size; row++) {
      if (!result.nulls()[row]) {
        int one = a.ids()[row];
        int other = b.ids()[row];
        int order =
            Arrays.compareUnsigned(
                lefts.bytes(),
                lefts.offset(one),
                lefts.offset(one) + lefts.length(one),
                rights.bytes(),
                rights.offset(other),
                rights.offset(other) + rights.length(other));
        result.values()[row] = outcomes[Integer.signum(order) + 1];
      }
    }
    return result;
  }
}
