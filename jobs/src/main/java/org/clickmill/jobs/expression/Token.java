package org.clickmill.jobs.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of an expression.
 *
 * @param text of a quoted text what it stands for; else as it is written
 * @param at where it begins
 */
record Token(Kind kind, String text, int at) {
  /** More words than anybody writes by hand; it bounds the depth of chains, too. */
  static final int MOST = 1_000;

  private static final String SIGNS = "+-*/%(),=";

  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  /** Whether it is a key word or sign, whatever the case of its letters. */
  boolean is(String word) {
    return kind != Kind.TEXT && text.toLowerCase(Locale.ROOT).equals(word);
  }

  /** The words of a text; the last one is its end. */
  static List<Token> of(String text) {
    var tokens = new ArrayList<Token>();
    int position = 0;
    while (true) {
      while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
        position++;
      }
      if (position == text.length()) {
        tokens.add(new Token(Kind.END, "", position));
        return tokens;
      }
      if (tokens.size() == MOST) {
        throw new ExpressionException(position, "more than " + MOST + " words");
      }
      int end = end(text, position);
      tokens.add(token(text, position, end));
      position = end;
    }
  }

  private static Token token(String text, int from, int to) {
    char first = text.charAt(from);
    var written = text.substring(from, to);
    if (first == '\'') {
      return new Token(Kind.TEXT, written.substring(1, to - from - 1).replace("''", "'"), from);
    }
    var kind = isDigit(first) ? Kind.NUMBER : isLetter(first) ? Kind.NAME : Kind.SIGN;
    return new Token(kind, written, from);
  }

  private static int end(String text, int from) {
    char first = text.charAt(from);
    if (first == '\'') {
      return endOfText(text, from);
    }
    int end = from + 1;
    if (isLetter(first)) {
      while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
        end++;
      }
      return end;
    }
    if (isDigit(first)) {
      while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
        end++;
      }
      return end;
    }
    if (first == '<' || first == '>' || first == '!') {
      char second = end < text.length() ? text.charAt(end) : ' ';
      boolean isPair = second == '=' || (first == '<' && second == '>');
      if (first != '!' || isPair) {
        return isPair ? end + 1 : end;
      }
    } else if (SIGNS.indexOf(first) >= 0) {
      return end;
    }
    throw new ExpressionException(
        from,
        first == '"'
            ? "unexpected \": a string literal stands in single quotes, a column in none"
            : "unexpected character '" + Character.toString(text.codePointAt(from)) + "'");
  }

  /** A quote within a text is written twice. */
  private static int endOfText(String text, int from) {
    for (int i = from + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\'') {
        if (i + 1 == text.length() || text.charAt(i + 1) != '\'') {
          return i + 1;
        }
        i++;
      }
    }
    throw new ExpressionException(from, "unterminated string");
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || character == '_';
  }
}
