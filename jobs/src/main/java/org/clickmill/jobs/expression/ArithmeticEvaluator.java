package org.clickmill.jobs.expression;

import org.clickmill.jobs.expression.Syntax.Operator;
import org.clickmill.jobs.expression.TypedExpression.Arithmetic;

/** Calculates with the numbers of two operands. */
final class ArithmeticEvaluator extends NumberEvaluator {
  private final Operator operator;
  private final ValueType type;
  private final NumberEvaluator left;
  private final NumberEvaluator right;

  ArithmeticEvaluator(Arithmetic arithmetic) {
    operator = arithmetic.operator();
    type = arithmetic.type();
    left = of(arithmetic.left());
    right = of(arithmetic.right());
  }

  @Override
  public NumberVector evaluate(RowValues rows) {
    int size = rows.size();
    var a = left.evaluate(rows);
    var b = right.evaluate(rows);
    result.reset(size);
    result.addNulls(a, size);
    result.addNulls(b, size);
    if (operator == Operator.DIVIDED_BY || operator == Operator.MODULO) {
      leaveOutZeros(b.values(), size);
    }
    if (type == ValueType.DOUBLE) {
      doubles(a.values(), b.values(), size);
    } else {
      numbers(a.values(), b.values(), size);
    }
    return result;
  }

  private void leaveOutZeros(long[] divisors, int size) {
    for (int row = 0; row < size; row++) {
      boolean isZero =
          type == ValueType.DOUBLE
              ? Double.longBitsToDouble(divisors[row]) == 0
              : divisors[row] == 0;
      if (isZero) {
        result.setNull(row);
      }
    }
  }

  private void doubles(long[] lefts, long[] rights, int size) {
    var values = result.values();
    for (int row = 0; row < size; row++) {
      double a = Double.longBitsToDouble(lefts[row]);
      double b = Double.longBitsToDouble(rights[row]);
      double value =
          switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            default -> a / b;
          };
      values[row] = Double.doubleToRawLongBits(value);
    }
  }

  private void numbers(long[] lefts, long[] rights, int size) {
    var values = result.values();
    var nulls = result.nulls();
    boolean isDecimal = type == ValueType.DECIMAL;
    for (int row = 0; row < size; row++) {
      if (nulls[row]) {
        continue;
      }
      long a = lefts[row];
      long b = rights[row];
      values[row] =
          switch (operator) {
            case PLUS -> Math.addExact(a, b);
            case MINUS -> Math.subtractExact(a, b);
            case TIMES -> isDecimal ? Decimals.product(a, b) : Math.multiplyExact(a, b);
            case MODULO -> a % b;
            default -> Decimals.quotient(a, b);
          };
    }
  }
}
