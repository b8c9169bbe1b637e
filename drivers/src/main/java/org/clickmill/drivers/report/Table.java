package org.clickmill.drivers.report;

import java.util.List;

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
    /** A part of 1, shown in percent. */
    SHARE;

    boolean isNumber() {
      return this != TEXT && this != DAY;
    }
  }

  static Column column(String name, String label, Kind kind) {
    return new Column(name, label, kind);
  }
}
