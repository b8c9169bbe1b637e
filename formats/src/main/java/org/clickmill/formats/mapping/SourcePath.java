package org.clickmill.formats.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a value is in a record: names of nested records joined by dots, behind a name {@code [0]}
 * for one item of an array, {@code []} for each of them, {@code [key=name]} for the first whose key
 * is that, and {@code >} between a text that holds JSON and the path in it. A backslash before one
 * of {@code . [ >} makes it part of a name.
 *
 * @param text the path as a mapping says it
 */
record SourcePath(String text, List<Step> steps) {
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");
  private static final String SPECIAL = ".[>";

  SourcePath {
    steps = List.copyOf(steps);
  }

  /** A step of a path. */
  sealed interface Step {}

  /** Into a field of a nested record. */
  record Name(String name) implements Step {}

  /** Into the item of an array, counted from 0. */
  record Index(int index) implements Step {}

  /** Into the first item of an array whose field has that text. */
  record Find(String key, String value) implements Step {}

  /** Into each item of an array. */
  record Each() implements Step {}

  /** Into the JSON that a text holds. */
  record Json() implements Step {}

  /**
   * Reads the path of a source whose values are nested.
   *
   * @throws IllegalArgumentException if it is none, saying why
   */
  static SourcePath ofNested(String text) {
    var steps = new ArrayList<Step>();
    new Parser(text, steps).path(0);
    return checked(text, steps);
  }

  /**
   * Reads the path of a source whose values are the columns of a text: a column as it is named,
   * perhaps with {@code >} and a path into the JSON in it.
   *
   * @throws IllegalArgumentException if it is none, saying why
   */
  static SourcePath ofColumn(String text) {
    var steps = new ArrayList<Step>();
    var column = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '>') {
        steps.add(new Name(column.toString()));
        steps.add(new Json());
        new Parser(text, steps).path(i + 1);
        return checked(text, steps);
      }
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '>') {
        i++;
      }
      column.append(text.charAt(i));
    }
    steps.add(new Name(column.toString()));
    return new SourcePath(text, steps);
  }

  /** A name as a step of a path in nested values. */
  static String quotedStep(String name) {
    return name.replace(".", "\\.").replace("[", "\\[").replace(">", "\\>");
  }

  /** A name as a column of a text. */
  static String quotedColumn(String name) {
    return name.replace(">", "\\>");
  }

  /** The names of a path that has nothing but names. */
  List<String> names() {
    return steps.stream().map(step -> ((Name) step).name).toList();
  }

  /** Whether it goes neither into arrays nor into texts. */
  boolean isPlain() {
    return steps.stream().allMatch(Name.class::isInstance);
  }

  /** How many steps there are up to the array of whose items each is meant; -1 for no such. */
  int stepsToItems() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Each) {
        return i;
      }
    }
    return -1;
  }

  private static SourcePath checked(String text, List<Step> steps) {
    if (steps.stream().filter(Each.class::isInstance).count() > 1) {
      throw new IllegalArgumentException("'" + text + "' has more than one []");
    }
    return new SourcePath(text, steps);
  }

  private static final class Parser {
    private final String text;
    private final List<Step> steps;

    Parser(String text, List<Step> steps) {
      this.text = text;
      this.steps = steps;
    }

    void path(int from) {
      int i = from;
      if (i == text.length()) {
        throw new IllegalArgumentException("'" + text + "' ends with >");
      }
      // The JSON of a text may be an array itself.
      boolean isArray = from > 0 && text.charAt(i) == '[';
      if (!isArray) {
        i = name(i);
      }
      while (i < text.length()) {
        switch (text.charAt(i)) {
          case '.' -> i = name(i + 1);
          case '[' -> i = bracket(i + 1);
          default -> {
            steps.add(new Json());
            path(i + 1);
            return;
          }
        }
      }
    }

    private int name(int from) {
      var name = new StringBuilder();
      int i = from;
      while (i < text.length() && SPECIAL.indexOf(text.charAt(i)) < 0) {
        if (text.charAt(i) == '\\'
            && i + 1 < text.length()
            && SPECIAL.indexOf(text.charAt(i + 1)) >= 0) {
          i++;
        }
        name.append(text.charAt(i));
        i++;
      }
      steps.add(new Name(name.toString()));
      return i;
    }

    private int bracket(int from) {
      int close = text.indexOf(']', from);
      if (close < 0) {
        throw new IllegalArgumentException("'" + text + "' has a [ without ]");
      }
      var inside = text.substring(from, close);
      int equals = inside.indexOf('=');
      if (inside.isEmpty()) {
        steps.add(new Each());
      } else if (INDEX.matcher(inside).matches()) {
        steps.add(new Index(Integer.parseInt(inside)));
      } else if (equals > 0 && equals < inside.length() - 1) {
        steps.add(new Find(inside.substring(0, equals), inside.substring(equals + 1)));
      } else {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' has ["
                + inside
                + "] (expected [] for each item, [0] for one, or [key=name]; \\[ is part of a name)");
      }
      int next = close + 1;
      if (next < text.length() && SPECIAL.indexOf(text.charAt(next)) < 0) {
        throw new IllegalArgumentException("'" + text + "' has text behind a ]");
      }
      return next;
    }
  }
}
