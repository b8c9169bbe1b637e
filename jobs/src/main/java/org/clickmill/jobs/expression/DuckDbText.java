package org.clickmill.jobs.expression;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import org.clickmill.formats.event.Money;
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

/** Expressions as DuckDB's SQL writes them, with the same values. */
public final class DuckDbText {
  /**
   * Declares what SQL lacks: division and multiplication of decimals that round half-even, and the
   * hours of a time zone, of which two may show the same.
   */
  public static final String MACROS =
      """
      CREATE OR REPLACE TEMP MACRO clickmill_half_even(n, d) AS sign(n) * sign(d) * (abs(n) // abs(d)
        + CASE WHEN 2 * (abs(n) % abs(d)) > abs(d)
                 OR (2 * (abs(n) % abs(d)) = abs(d) AND (abs(n) // abs(d)) % 2 = 1)
               THEN 1 ELSE 0 END);
      CREATE OR REPLACE TEMP MACRO clickmill_decimal(n) AS
        CAST(CAST(n AS DECIMAL(34, 0)) * 0.0001 AS DECIMAL(18, 4));
      CREATE OR REPLACE TEMP MACRO clickmill_divide(a, b) AS
        CASE WHEN b = 0 THEN NULL ELSE clickmill_decimal(
          clickmill_half_even(CAST(a * 10000 AS HUGEINT), CAST(b AS HUGEINT))) END;
      CREATE OR REPLACE TEMP MACRO clickmill_multiply(a, b) AS clickmill_decimal(
        clickmill_half_even(CAST(a * 10000 AS HUGEINT) * CAST(b * 10000 AS HUGEINT),
                            CAST(10000 AS HUGEINT)));
      CREATE OR REPLACE TEMP MACRO clickmill_clock(t, zone) AS timezone(zone, timezone('UTC', t));
      CREATE OR REPLACE TEMP MACRO clickmill_hour_start(t, zone) AS
        t - (clickmill_clock(t, zone) - date_trunc('hour', clickmill_clock(t, zone)));
      """;

  private DuckDbText() {}

  /** A name, whatever words SQL has for itself. */
  public static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** The whole expression; columns are those of a relation called {@code s}. */
  public static String of(TypedExpression typed) {
    if (typed instanceof Reference reference) {
      return "s." + name(reference.column().name());
    }
    if (typed instanceof Constant constant) {
      return constant(constant);
    }
    if (typed instanceof Arithmetic arithmetic) {
      return arithmetic(arithmetic);
    }
    if (typed instanceof Comparison comparison) {
      return infix(comparison.left(), comparison.operator().text(), comparison.right());
    }
    if (typed instanceof Logic logic) {
      var operator = logic.operator().text().toUpperCase(Locale.ROOT);
      return infix(logic.left(), operator, logic.right());
    }
    if (typed instanceof Inverse inverse) {
      return "(NOT " + of(inverse.operand()) + ")";
    }
    if (typed instanceof NullTest test) {
      return "(" + of(test.operand()) + " IS " + (test.isNegated() ? "NOT " : "") + "NULL)";
    }
    if (typed instanceof OneOf oneOf) {
      return "("
          + of(oneOf.operand())
          + oneOf.values().stream()
              .map(DuckDbText::constant)
              .collect(Collectors.joining(", ", " IN (", "))"));
    }
    if (typed instanceof FirstOf firstOf) {
      return firstOf.values().stream()
          .map(DuckDbText::of)
          .collect(Collectors.joining(", ", "coalesce(", ")"));
    }
    return applied((Applied) typed);
  }

  private static String infix(TypedExpression left, String operator, TypedExpression right) {
    return "(" + of(left) + " " + operator + " " + of(right) + ")";
  }

  private static String constant(Constant constant) {
    long number = constant.number();
    return switch (constant.type()) {
      case BOOLEAN -> number == 0 ? "false" : "true";
      case LONG -> "CAST(" + number + " AS BIGINT)";
      case DECIMAL -> "CAST(" + Money.decimal(number).toPlainString() + " AS DECIMAL(18, 4))";
      case DOUBLE -> "CAST('" + Double.longBitsToDouble(number) + "' AS DOUBLE)";
      case STRING -> text(constant.text());
      case TIME ->
          "TIMESTAMP '"
              + LocalDateTime.ofInstant(Instant.ofEpochMilli(number), ZoneOffset.UTC)
                  .toString()
                  .replace('T', ' ')
              + "'";
      case DATE -> "DATE '" + LocalDate.ofEpochDay(number) + "'";
    };
  }

  private static String arithmetic(Arithmetic arithmetic) {
    var left = of(arithmetic.left());
    var right = of(arithmetic.right());
    if (arithmetic.type() == ValueType.DECIMAL) {
      if (arithmetic.operator() == Operator.TIMES) {
        return "clickmill_multiply(" + left + ", " + right + ")";
      }
      if (arithmetic.operator() == Operator.DIVIDED_BY) {
        return "clickmill_divide(" + left + ", " + right + ")";
      }
    }
    return switch (arithmetic.operator()) {
      case DIVIDED_BY -> "(" + left + " / nullif(" + right + ", 0))";
      case MODULO -> "(" + left + " % nullif(" + right + ", 0))";
      default -> infix(arithmetic.left(), arithmetic.operator().text(), arithmetic.right());
    };
  }

  private static String applied(Applied applied) {
    var zone = applied.zone() == null ? null : text(applied.zone().getId());
    var value = of(applied.operand());
    if (zone != null && applied.function() == Function.HOUR_START) {
      return "clickmill_hour_start(" + value + ", " + zone + ")";
    }
    var operand = zone == null ? value : "clickmill_clock(" + value + ", " + zone + ")";
    return switch (applied.function()) {
      case HOUR, MINUTE, DAY, MONTH, YEAR, ABS -> applied.function().text() + "(" + operand + ")";
      case WEEKDAY -> "isodow(" + operand + ")";
      case HOUR_START -> "date_trunc('hour', " + operand + ")";
      case DATE -> "CAST(" + operand + " AS DATE)";
      case DECIMAL ->
          applied.operand().type() == ValueType.DOUBLE
              ? "CAST(round_even(" + operand + ", 4) AS DECIMAL(18, 4))"
              : "CAST(" + operand + " AS DECIMAL(18, 4))";
      case DOUBLE -> "CAST(" + operand + " AS DOUBLE)";
    };
  }
}
