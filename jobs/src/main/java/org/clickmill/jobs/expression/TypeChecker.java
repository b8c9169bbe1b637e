package org.clickmill.jobs.expression;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.clickmill.jobs.expression.Syntax.Between;
import org.clickmill.jobs.expression.Syntax.Binary;
import org.clickmill.jobs.expression.Syntax.Call;
import org.clickmill.jobs.expression.Syntax.In;
import org.clickmill.jobs.expression.Syntax.IsNull;
import org.clickmill.jobs.expression.Syntax.Literal;
import org.clickmill.jobs.expression.Syntax.Name;
import org.clickmill.jobs.expression.Syntax.Negated;
import org.clickmill.jobs.expression.Syntax.Not;
import org.clickmill.jobs.expression.Syntax.Operator;
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
 * Finds out what the parts of an expression are. What does not fit is an {@link
 * ExpressionException} with its place.
 */
public final class TypeChecker {
  private static final long SCALE = 10_000;

  private final Columns columns;

  /** Null for UTC, so that it does not matter what the settings call it. */
  private final ZoneId zone;

  /**
   * @param columns those that expressions may name
   * @param zone whose clock functions read times off
   */
  public TypeChecker(Columns columns, ZoneId zone) {
    this.columns = columns;
    this.zone = zone.normalized().equals(ZoneOffset.UTC) ? null : zone;
  }

  /** Checks an expression of any type. */
  public TypedExpression check(Syntax syntax) {
    if (syntax instanceof Name name) {
      return reference(name);
    }
    if (syntax instanceof Literal literal) {
      return new Constant(literal.type(), literal.number(), literal.text());
    }
    if (syntax instanceof Not not) {
      return new Inverse(condition(not.operand()));
    }
    if (syntax instanceof Negated negated) {
      return negated(negated);
    }
    if (syntax instanceof IsNull test) {
      return new NullTest(check(test.operand()), test.isNegated());
    }
    if (syntax instanceof In in) {
      return oneOf(in);
    }
    if (syntax instanceof Between between) {
      return between(between);
    }
    if (syntax instanceof Call call) {
      return call(call);
    }
    return binary((Binary) syntax);
  }

  /** Checks an expression that is true, false or NULL. */
  public TypedExpression condition(Syntax syntax) {
    var typed = check(syntax);
    if (typed.type() != ValueType.BOOLEAN) {
      throw new ExpressionException(
          syntax.at(), "expected a condition, not a value of type " + typed.type());
    }
    return typed;
  }

  private Reference reference(Name name) {
    return columns.all().stream()
        .filter(column -> column.name().equals(name.name()))
        .findFirst()
        .map(Reference::new)
        .orElseThrow(
            () ->
                new ExpressionException(
                    name.at(),
                    "unknown column '"
                        + name.name()
                        + "' (there are "
                        + columns.all().stream()
                            .map(Columns.Column::name)
                            .collect(Collectors.joining(", "))
                        + ")"));
  }

  private TypedExpression negated(Negated negated) {
    var operand = number(negated.operand());
    if (operand instanceof Constant constant) {
      long bits = constant.number();
      return new Constant(constant.type(), -bits, "-" + constant.text());
    }
    var zero = converted(new Constant(ValueType.LONG, 0, "0"), operand.type(), negated.at());
    return new Arithmetic(Operator.MINUS, zero, operand, operand.type());
  }

  private TypedExpression number(Syntax syntax) {
    var typed = check(syntax);
    if (!typed.type().isNumber()) {
      throw new ExpressionException(
          syntax.at(), "expected a number, not a value of type " + typed.type());
    }
    return typed;
  }

  private TypedExpression oneOf(In in) {
    var operand = check(in.operand());
    var constants = new ArrayList<Constant>();
    for (var value : in.values()) {
      var typed = check(value);
      requireComparable(operand, typed, value.at());
      if (!(converted(typed, operand.type(), value.at()) instanceof Constant constant)) {
        throw new ExpressionException(value.at(), "expected a value that is written out");
      }
      constants.add(constant);
    }
    var result = new OneOf(operand, constants);
    return in.isNegated() ? new Inverse(result) : result;
  }

  /**
   * The operand is compared twice. That it is no condition keeps ranges out of it, each of which
   * would double the expression.
   */
  private TypedExpression between(Between between) {
    var operand = check(between.operand());
    if (operand.type() == ValueType.BOOLEAN) {
      throw new ExpressionException(between.at(), "'between' does not take a condition");
    }
    var low = comparison(Operator.GREATER_OR_EQUAL, operand, check(between.low()), between.at());
    var high = comparison(Operator.LESS_OR_EQUAL, operand, check(between.high()), between.at());
    var both = new Logic(Operator.AND, low, high);
    return between.isNegated() ? new Inverse(both) : both;
  }

  private static Comparison comparison(
      Operator operator, TypedExpression left, TypedExpression right, int at) {
    requireComparable(left, right, at);
    var type = left.type().isNumber() ? wider(left.type(), right.type()) : left.type();
    return new Comparison(operator, converted(left, type, at), converted(right, type, at));
  }

  private TypedExpression binary(Binary binary) {
    var operator = binary.operator();
    if (operator.isLogical()) {
      return new Logic(operator, condition(binary.left()), condition(binary.right()));
    }
    if (operator.isComparison()) {
      return comparison(operator, check(binary.left()), check(binary.right()), binary.at());
    }
    var left = number(binary.left());
    var right = number(binary.right());
    return arithmetic(operator, left, right, binary.at());
  }

  private static TypedExpression arithmetic(
      Operator operator, TypedExpression left, TypedExpression right, int at) {
    if (operator == Operator.MODULO) {
      if (left.type() != ValueType.LONG || right.type() != ValueType.LONG) {
        throw new ExpressionException(at, "'%' takes whole numbers only");
      }
      return new Arithmetic(operator, left, right, ValueType.LONG);
    }
    if (operator == Operator.DIVIDED_BY) {
      if (left.type() == ValueType.DECIMAL && right.type() == ValueType.LONG) {
        return new Arithmetic(operator, left, right, ValueType.DECIMAL);
      }
      return new Arithmetic(
          operator,
          converted(left, ValueType.DOUBLE, at),
          converted(right, ValueType.DOUBLE, at),
          ValueType.DOUBLE);
    }
    var type = wider(left.type(), right.type());
    return new Arithmetic(operator, converted(left, type, at), converted(right, type, at), type);
  }

  private static void requireComparable(TypedExpression left, TypedExpression right, int at) {
    boolean fits =
        left.type() == right.type() || (left.type().isNumber() && right.type().isNumber());
    if (!fits) {
      throw new ExpressionException(
          at,
          "cannot compare a "
              + left.type()
              + " with a "
              + right.type()
              + hint(left.type(), right.type()));
    }
  }

  private static String hint(ValueType left, ValueType right) {
    var types = List.of(left, right);
    if (types.contains(ValueType.TIME) && types.contains(ValueType.STRING)) {
      return ": a time is written as timestamp '2019-10-31 18:30:00'";
    }
    if (types.contains(ValueType.DATE) && types.contains(ValueType.STRING)) {
      return ": a date is written as date '2019-10-31'";
    }
    return types.contains(ValueType.DATE) && types.contains(ValueType.TIME)
        ? ": the date of a time is date(…)"
        : "";
  }

  private static ValueType wider(ValueType a, ValueType b) {
    return a == ValueType.DOUBLE || b == ValueType.DOUBLE
        ? ValueType.DOUBLE
        : a == ValueType.DECIMAL || b == ValueType.DECIMAL ? ValueType.DECIMAL : ValueType.LONG;
  }

  /** The same number as another type; constants at once. */
  private static TypedExpression converted(TypedExpression typed, ValueType type, int at) {
    if (typed.type() == type) {
      return typed;
    }
    if (typed instanceof Constant constant) {
      return converted(constant, type, at);
    }
    if (type == ValueType.LONG || (type == ValueType.DECIMAL && typed.type() == ValueType.DOUBLE)) {
      throw new ExpressionException(at, "expected a " + type + ", not a " + typed.type());
    }
    return new Applied(type == ValueType.DECIMAL ? Function.DECIMAL : Function.DOUBLE, typed, null);
  }

  private static Constant converted(Constant constant, ValueType type, int at) {
    try {
      boolean isWhole = constant.type() == ValueType.LONG;
      if (type == ValueType.DECIMAL && isWhole) {
        return new Constant(type, Math.multiplyExact(constant.number(), SCALE), constant.text());
      }
      if (type == ValueType.DOUBLE) {
        double value = isWhole ? constant.number() : constant.number() / (double) SCALE;
        return new Constant(type, Double.doubleToRawLongBits(value), constant.text());
      }
    } catch (ArithmeticException e) {
      throw new ExpressionException(at, constant.text() + " has too many digits");
    }
    throw new ExpressionException(at, "expected a " + type + ", not " + constant.text());
  }

  private TypedExpression call(Call call) {
    if (call.function().equals(Function.COALESCE)) {
      return firstOf(call);
    }
    var function =
        Function.named(call.function())
            .orElseThrow(
                () ->
                    new ExpressionException(
                        call.at(),
                        "unknown function '"
                            + call.function()
                            + "' (there are "
                            + String.join(", ", Function.names())
                            + ")"));
    if (call.arguments().size() != 1) {
      throw new ExpressionException(call.at(), call.function() + "(…) takes one value");
    }
    var operand = check(call.arguments().get(0));
    if (!function.takes(operand.type())) {
      throw new ExpressionException(
          call.arguments().get(0).at(),
          call.function() + "(…) takes " + function.expected() + ", not a " + operand.type());
    }
    boolean isSame = function.result(operand.type()) == operand.type() && isConversion(function);
    return isSame
        ? operand
        : new Applied(function, operand, function.readsClock(operand.type()) ? zone : null);
  }

  private static boolean isConversion(Function function) {
    return function == Function.DECIMAL || function == Function.DOUBLE;
  }

  private TypedExpression firstOf(Call call) {
    if (call.arguments().size() < 2) {
      throw new ExpressionException(call.at(), "coalesce(…) takes two values or more");
    }
    var values = new ArrayList<TypedExpression>();
    for (var argument : call.arguments()) {
      var value = check(argument);
      if (!values.isEmpty()) {
        requireComparable(values.get(0), value, argument.at());
      }
      values.add(value);
    }
    var type =
        values.stream().map(TypedExpression::type).reduce(TypeChecker::commonType).orElseThrow();
    return new FirstOf(values.stream().map(value -> converted(value, type, call.at())).toList());
  }

  private static ValueType commonType(ValueType a, ValueType b) {
    return a.isNumber() ? wider(a, b) : a;
  }
}
