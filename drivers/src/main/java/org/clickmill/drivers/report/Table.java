package org.clickmill.drivers.report;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A table to show and to export.
 *
 * @param name in lower case with underscores, the name of its file
 * @param caption what it shows
 * @param columns its columns
 * @param rows a value a column: text, number, day, or null
 */
record Table(String name, String caption, List<Column> columns, List<List<Object>> rows) {
  /**
   * A column.
   *
   * @param name in lower case with underscores, for files
   * @param label for readers
   * @param kind how its values are written
   */
  record Column(String name, String label, Kind kind) {}

  enum Kind {
    TEXT,
    DAY,
    COUNT,
    /** An amount, shown with two decimals. */
    MONEY,
    /** A number that is shown with one decimal. */
    AVERAGE,
    /** A number of any size, shown with at least six digits. */
    NUMBER,
    /** A part of 1, shown in percent. */
    SHARE,
    /** A number of seconds, shown in the units that suit it. */
    DURATION,
    /** True or false, shown as yes or no. */
    FLAG;

    boolean isNumber() {
      return this != TEXT && this != DAY && this != FLAG;
    }
  }

  static Column column(String name, String label, Kind kind) {
    return new Column(name, label, kind);
  }

  /**
   * A table with a row for each item.
   *
   * @param row the values of an item's row; nulls are allowed
   */
  static <T> Table of(
      String name,
      String caption,
      List<Column> columns,
      List<T> items,
      Function<T, List<Object>> row) {
    // Rows may hold nulls, which List.copyOf refuses.
    return new Table(
        name,
        caption,
        columns,
        items.stream().map(row).map(Collections::unmodifiableList).toList());
  }

  /** A row's values, of which some may be null. */
  static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
