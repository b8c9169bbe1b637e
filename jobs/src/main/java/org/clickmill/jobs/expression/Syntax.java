package org.clickmill.jobs.expression;

import java.util.List;

/** What an expression's text says, before anybody has asked whether it makes sense. */
public sealed interface Syntax {
  /** Where it stands in the text, from 0; of two operands the operator's place. */
  int at();

  /** A column, or a measure in a ratio. */
  record Name(String name, int at) implements Syntax {}

  /**
   * A value that is written out.
   *
   * @param number as {@link ValueType} holds it, where it is no text
   */
  record Literal(ValueType type, long number, String text, int at) implements Syntax {}

  record Not(Syntax operand, int at) implements Syntax {}

  record Negated(Syntax operand, int at) implements Syntax {}

  record Binary(Operator operator, Syntax left, Syntax right, int at) implements Syntax {}

  record IsNull(Syntax operand, boolean isNegated, int at) implements Syntax {}

  record Between(Syntax operand, Syntax low, Syntax high, boolean isNegated, int at)
      implements Syntax {}

  record In(Syntax operand, List<Syntax> values, boolean isNegated, int at) implements Syntax {
    public In {
      values = List.copyOf(values);
    }
  }

  record Call(String function, List<Syntax> arguments, int at) implements Syntax {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A call whose rows are narrowed down, as {@code sum(value) filter (where kind = 'sold')}.
   *
   * @param filter null for all rows
   */
  record Aggregate(Call call, Syntax filter) {}

  /** What stands between two operands. */
  enum Operator {
    OR("or", 1),
    AND("and", 2),
    EQUAL("=", 4),
    NOT_EQUAL("<>", 4),
    LESS("<", 4),
    LESS_OR_EQUAL("<=", 4),
    GREATER(">", 4),
    GREATER_OR_EQUAL(">=", 4),
    PLUS("+", 5),
    MINUS("-", 5),
    TIMES("*", 6),
    DIVIDED_BY("/", 6),
    MODULO("%", 6);

    /** How tightly {@code not} and {@code is null}, {@code in} and {@code between} bind. */
    static final int NOT = 3;

    static final int PREDICATE = 4;

    /** The sign of a number. */
    static final int SIGN = 7;

    private final String text;
    private final int strength;

    Operator(String text, int strength) {
      this.text = text;
      this.strength = strength;
    }

    public String text() {
      return text;
    }

    int strength() {
      return strength;
    }

    boolean isComparison() {
      return strength == PREDICATE;
    }

    boolean isLogical() {
      return this == OR || this == AND;
    }

    static Operator of(String text) {
      for (var operator : values()) {
        if (operator.text.equals(text)) {
          return operator;
        }
      }
      return text.equals("!=") ? NOT_EQUAL : null;
    }
  }
}
