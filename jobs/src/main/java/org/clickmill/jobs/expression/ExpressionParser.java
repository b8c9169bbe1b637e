package org.clickmill.jobs.expression;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.clickmill.formats.event.Money;
import org.clickmill.jobs.expression.Syntax.Aggregate;
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

/**
 * Reads expressions by the strength of their operators. What is wrong is an {@link
 * ExpressionException} with its place.
 */
public final class ExpressionParser {
  /** How deep brackets, calls and signs may lie in each other. */
  static final int MOST_DEPTH = 32;

  private static final Set<String> KEY_WORDS =
      Set.of(
          "and", "or", "not", "in", "is", "null", "true", "false", "between", "filter", "where",
          "case", "like", "select");

  private final List<Token> tokens;
  private int position;
  private int depth;

  private ExpressionParser(String text) {
    tokens = Token.of(text);
  }

  /** Reads a whole text as one expression. */
  public static Syntax parse(String text) {
    var parser = new ExpressionParser(text);
    var expression = parser.expression(0);
    parser.end();
    return expression;
  }

  /** Reads a call, such as {@code count()}, that may have a filter. */
  public static Aggregate parseAggregate(String text) {
    var parser = new ExpressionParser(text);
    int at = parser.peek().at();
    if (!(parser.operand() instanceof Call call)) {
      throw new ExpressionException(
          at, "not a measure (expected one such as count() or sum(column))");
    }
    Syntax filter = null;
    if (parser.takes("filter")) {
      parser.require("(");
      parser.require("where");
      filter = parser.expression(0);
      parser.require(")");
    }
    parser.end();
    return new Aggregate(call, filter);
  }

  /** Reads operators that are stronger than a given one. */
  private Syntax expression(int weakest) {
    if (++depth > MOST_DEPTH) {
      throw new ExpressionException(peek().at(), "nested more than " + MOST_DEPTH + " deep");
    }
    var left = prefix();
    while (true) {
      var next = peek();
      var operator = next.kind() == Token.Kind.TEXT ? null : operator(next);
      if (operator != null && operator.strength() > weakest) {
        position++;
        left = new Binary(operator, left, expression(operator.strength()), next.at());
      } else if (Operator.PREDICATE > weakest && isPredicate()) {
        left = predicate(left);
      } else {
        depth--;
        return left;
      }
    }
  }

  private static Operator operator(Token token) {
    return Operator.of(token.text().toLowerCase(Locale.ROOT));
  }

  private Syntax prefix() {
    var token = peek();
    if (takes("not")) {
      return new Not(expression(Operator.NOT - 1), token.at());
    }
    if (takes("-")) {
      return new Negated(expression(Operator.SIGN - 1), token.at());
    }
    return operand();
  }

  private boolean isPredicate() {
    var next = peek();
    var after = tokens.get(Math.min(position + 1, tokens.size() - 1));
    return next.is("is")
        || next.is("in")
        || next.is("between")
        || (next.is("not") && (after.is("in") || after.is("between")));
  }

  private Syntax predicate(Syntax operand) {
    var token = peek();
    if (takes("is")) {
      boolean isNegated = takes("not");
      require("null");
      return new IsNull(operand, isNegated, token.at());
    }
    boolean isNegated = takes("not");
    if (takes("between")) {
      var low = expression(Operator.PREDICATE);
      require("and");
      var high = expression(Operator.PREDICATE);
      return new Between(operand, low, high, isNegated, token.at());
    }
    require("in");
    require("(");
    var values = new ArrayList<Syntax>();
    do {
      values.add(expression(0));
    } while (takes(","));
    require(")");
    return new In(operand, values, isNegated, token.at());
  }

  private Syntax operand() {
    var token = peek();
    position++;
    switch (token.kind()) {
      case NUMBER -> {
        return number(token);
      }
      case TEXT -> {
        return new Literal(ValueType.STRING, 0, token.text(), token.at());
      }
      case SIGN -> {
        if (token.is("(")) {
          var inner = expression(0);
          require(")");
          return inner;
        }
        throw unexpected(token);
      }
      case NAME -> {
        return name(token);
      }
      case END -> throw unexpected(token);
    }
    throw unexpected(token);
  }

  private Syntax name(Token token) {
    if (token.is("true") || token.is("false")) {
      return new Literal(ValueType.BOOLEAN, token.is("true") ? 1 : 0, token.text(), token.at());
    }
    var next = peek();
    if (next.kind() == Token.Kind.TEXT && (token.is("date") || token.is("timestamp"))) {
      position++;
      return time(token, next);
    }
    if (token.is("null")) {
      throw new ExpressionException(
          token.at(), "unexpected 'null': nothing equals it; write 'is null' or 'is not null'");
    }
    if (KEY_WORDS.contains(token.text().toLowerCase(Locale.ROOT))) {
      throw unexpected(token);
    }
    if (!takes("(")) {
      return new Name(token.text(), token.at());
    }
    var arguments = new ArrayList<Syntax>();
    if (!takes(")")) {
      do {
        arguments.add(expression(0));
      } while (takes(","));
      require(")");
    }
    return new Call(token.text().toLowerCase(Locale.ROOT), arguments, token.at());
  }

  private static Literal number(Token token) {
    try {
      return token.text().indexOf('.') < 0
          ? new Literal(ValueType.LONG, Long.parseLong(token.text()), token.text(), token.at())
          : new Literal(
              ValueType.DECIMAL,
              Money.scaled(new BigDecimal(token.text())),
              token.text(),
              token.at());
    } catch (NumberFormatException e) {
      throw new ExpressionException(token.at(), "invalid number '" + token.text() + "'");
    } catch (ArithmeticException e) {
      throw new ExpressionException(
          token.at(), "invalid number '" + token.text() + "': " + e.getMessage());
    }
  }

  private static Literal time(Token kind, Token text) {
    try {
      if (kind.is("date")) {
        long day = LocalDate.parse(text.text()).toEpochDay();
        return new Literal(ValueType.DATE, day, text.text(), kind.at());
      }
      var time = LocalDateTime.parse(text.text().replace(' ', 'T'));
      return new Literal(
          ValueType.TIME, time.toInstant(ZoneOffset.UTC).toEpochMilli(), text.text(), kind.at());
    } catch (DateTimeException | ArithmeticException e) {
      throw new ExpressionException(
          text.at(),
          "invalid "
              + kind.text()
              + " '"
              + text.text()
              + "' (expected one such as "
              + (kind.is("date") ? "date '2019-10-31'" : "timestamp '2019-10-31 18:30:00'")
              + ", UTC)");
    }
  }

  private Token peek() {
    return tokens.get(position);
  }

  private boolean takes(String word) {
    boolean isNext = peek().is(word);
    position += isNext ? 1 : 0;
    return isNext;
  }

  private void require(String word) {
    if (!takes(word)) {
      throw expected(peek(), "'" + word + "'");
    }
  }

  private void end() {
    if (peek().kind() != Token.Kind.END) {
      throw expected(peek(), "its end");
    }
  }

  private static ExpressionException unexpected(Token token) {
    return expected(token, "a column, a value or a function");
  }

  private static ExpressionException expected(Token token, String what) {
    var found = token.kind() == Token.Kind.END ? "end" : "'" + token.text() + "'";
    return new ExpressionException(token.at(), "unexpected " + found + " (expected " + what + ")");
  }
}
