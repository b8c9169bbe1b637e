package org.clickmill.jobs.expression;

import java.util.Arrays;
import java.util.List;
import org.clickmill.jobs.expression.TypedExpression.Applied;
import org.clickmill.jobs.expression.TypedExpression.Arithmetic;
import org.clickmill.jobs.expression.TypedExpression.Comparison;
import org.clickmill.jobs.expression.TypedExpression.Constant;
import org.clickmill.jobs.expression.TypedExpression.FirstOf;
import org.clickmill.jobs.expression.TypedExpression.Inverse;
import org.clickmill.jobs.expression.TypedExpression.Logic;
import org.clickmill.jobs.expression.TypedExpression.NullTest;
import org.clickmill.jobs.expression.TypedExpression.OneOf;
import org.clickmill.jobs.expression.TypedExpression.Reference;

/**
 * Evaluates an expression of any type but string, one loop over the rows for each of its parts.
 * What it returns is good until it is asked again.
 */
public abstract class NumberEvaluator {
  final NumberVector result = new NumberVector();

  NumberEvaluator() {}

  /**
   * Evaluates the rows at hand.
   *
   * @throws ArithmeticException if a number has too many digits
   */
  public abstract NumberVector evaluate(RowValues rows);

  public static NumberEvaluator of(TypedExpression typed) {
    if (typed instanceof Reference reference) {
      return new OfColumn(reference.column().name());
    }
    if (typed instanceof Constant constant) {
      return new OfConstant(constant.number());
    }
    if (typed instanceof Arithmetic arithmetic) {
      return new ArithmeticEvaluator(arithmetic);
    }
    if (typed instanceof Comparison comparison) {
      return comparison(comparison);
    }
    if (typed instanceof Logic logic) {
      return new LogicEvaluator(logic.operator(), of(logic.left()), of(logic.right()));
    }
    if (typed instanceof Inverse inverse) {
      return new OfInverse(of(inverse.operand()));
    }
    if (typed instanceof NullTest test) {
      return test.operand().type() == ValueType.STRING
          ? new OfTextNullTest(TextEvaluator.of(test.operand()), test.isNegated())
          : new OfNullTest(of(test.operand()), test.isNegated());
    }
    if (typed instanceof OneOf oneOf) {
      return oneOf.operand().type() == ValueType.STRING
          ? new TextPredicate(
              TextEvaluator.of(oneOf.operand()), TextPredicate.oneOf(oneOf.values()))
          : new OfNumbers(of(oneOf.operand()), oneOf);
    }
    if (typed instanceof FirstOf firstOf) {
      return new OfFirst(firstOf.values().stream().map(NumberEvaluator::of).toList());
    }
    var applied = (Applied) typed;
    return new FunctionEvaluator(applied, of(applied.operand()));
  }

  private static NumberEvaluator comparison(Comparison comparison) {
    var operator = comparison.operator();
    if (comparison.left().type() != ValueType.STRING) {
      boolean isDouble = comparison.left().type() == ValueType.DOUBLE;
      return new ComparisonEvaluator(
          operator, of(comparison.left()), of(comparison.right()), isDouble);
    }
    var left = TextEvaluator.of(comparison.left());
    if (comparison.right() instanceof Constant constant) {
      return new TextPredicate(left, TextPredicate.compared(operator, constant));
    }
    return new TextComparison(operator, left, TextEvaluator.of(comparison.right()));
  }

  private static final class OfColumn extends NumberEvaluator {
    private final String column;

    private OfColumn(String column) {
      this.column = column;
    }

    @Override
    public NumberVector evaluate(RowValues rows) {
      rows.numbers(column, result);
      return result;
    }
  }

  private static final class OfConstant extends NumberEvaluator {
    private final long value;
    private int filled;

    private OfConstant(long value) {
      this.value = value;
    }

    @Override
    public NumberVector evaluate(RowValues rows) {
      if (filled < rows.size()) {
        result.reset(rows.size());
        Arrays.fill(result.values(), value);
        filled = result.values().length;
      }
      return result;
    }
  }

  private static final class OfInverse extends NumberEvaluator {
    private final NumberEvaluator operand;

    private OfInverse(NumberEvaluator operand) {
      this.operand = operand;
    }

    @Override
    public NumberVector evaluate(RowValues rows) {
      int size = rows.size();
      var vector = operand.evaluate(rows);
      result.reset(size);
      result.addNulls(vector, size);
      for (int row = 0; row < size; row++) {
        result.values()[row] = 1 - vector.values()[row];
      }
      return result;
    }
  }

  private static final class OfNullTest extends NumberEvaluator {
    private final NumberEvaluator operand;
    private final int ofNull;

    private OfNullTest(NumberEvaluator operand, boolean isNegated) {
      this.operand = operand;
      ofNull = isNegated ? 0 : 1;
    }

    @Override
    public NumberVector evaluate(RowValues rows) {
      int size = rows.size();
      var nulls = operand.evaluate(rows).nulls();
      result.reset(size);
      for (int row = 0; row < size; row++) {
        result.values()[row] = nulls[row] ? ofNull : 1 - ofNull;
      }
      return result;
    }
  }

  private static final class OfTextNullTest extends NumberEvaluator {
    private final TextEvaluator operand;
    private final int ofNull;

    private OfTextNullTest(TextEvaluator operand, boolean isNegated) {
      this.operand = operand;
      ofNull = isNegated ? 0 : 1;
    }

    @Override
    public NumberVector evaluate(RowValues rows) {
      int size = rows.size();
      var ids = operand.evaluate(rows).ids();
      result.reset(size);
      for (int row = 0; row < size; row++) {
        result.values()[row] = ids[row] < 0 ? ofNull : 1 - ofNull;
      }
      return result;
    }
  }

  private static final class OfNumbers extends NumberEvaluator {
    private final NumberEvaluator operand;
    private final long[] sorted;

    private OfNumbers(NumberEvaluator operand, OneOf oneOf) {
      this.operand = operand;
      sorted = oneOf.values().stream().mapToLong(Constant::number).sorted().toArray();
    }

    @Override
    public NumberVector evaluate(RowValues rows) {
      int size = rows.size();
      var vector = operand.evaluate(rows);
      result.reset(size);
      result.addNulls(vector, size);
      for (int row = 0; row < size; row++) {
        result.values()[row] = Arrays.binarySearch(sorted, vector.values()[row]) >= 0 ? 1 : 0;
      }
      return result;
    }
  }

  private static final class OfFirst extends NumberEvaluator {
    private final List<NumberEvaluator> parts;

    private OfFirst(List<NumberEvaluator> parts) {
      this.parts = parts;
    }

    @Override
    public NumberVector evaluate(RowValues rows) {
      int size = rows.size();
      var vectors = parts.stream().map(part -> part.evaluate(rows)).toList();
      result.reset(size);
      for (int row = 0; row < size; row++) {
        int part = 0;
        while (part < vectors.size() && vectors.get(part).nulls()[row]) {
          part++;
        }
        if (part == vectors.size()) {
          result.setNull(row);
        } else {
          result.values()[row] = vectors.get(part).values()[row];
        }
      }
      return result;
    }
  }
}
