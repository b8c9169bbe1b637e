package org.clickmill.formats.guess;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The beginning of a file.
 *
 * @param format as a mapping names it
 * @param delimiter of CSV, else null
 * @param hasHeader whether the columns of text have names; true for other formats
 * @param records how many were looked at
 * @param columns in the order of the file
 */
record Sample(
    String format, String delimiter, boolean hasHeader, int records, List<Column> columns) {
  static final int MOST_RECORDS = 1_000;
  static final int MOST_BYTES = 1 << 20;

  /** What the schema of a file says that a column holds. */
  enum Type {
    /** Text, numbers, or not said. */
    ANY,
    /** A date or timestamp, which needs no format in a mapping. */
    TIME,
    /** A number that may have decimals. */
    NUMBER,
    /** A list, a map or bytes, which feeds nothing. */
    OTHER
  }

  /**
   * A column, or a path in nested records.
   *
   * @param source what a mapping calls it
   * @param type what the schema says
   * @param values those of the sample that are not empty
   */
  record Column(String source, Type type, List<String> values) {
    boolean hasValues() {
      return !values.isEmpty();
    }

    /** Whether there are values, all of a kind. */
    boolean isAll(Predicate<String> kind) {
      return hasValues() && values.stream().allMatch(kind);
    }

    Set<String> distinct() {
      return new TreeSet<>(values);
    }

    /** A value, for a comment; empty if there is none. */
    String example() {
      return values.isEmpty() ? "" : Comments.shown(values.get(0));
    }
  }
}
