package org.clickmill.drivers.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.clickmill.formats.table.TableSchema;

/**
 * A table of a report.
 *
 * @param name in lower case with underscores, also the name of its CSV file
 * @param text what a row is
 * @param day the day that all rows are of; null where they say so themselves or are of no day
 * @param columns its columns
 * @param rows a value a column: String, Long, Double, BigDecimal, Boolean, LocalDate, Instant, or
 *     null. Where a column holds the greatest values only, null means all others.
 */
public record ReportTable(
    String name, String text, LocalDate day, List<Column> columns, List<List<Object>> rows) {
  /**
   * A column.
   *
   * @param kind what its values are, as JSON and CSV write them
   * @param text what they mean
   */
  public record Column(String name, Kind kind, String text) {}

  /** What values are. */
  public enum Kind {
    TEXT,
    /** A day, as 2019-10-31. */
    DAY,
    /** A time, UTC, as 2019-10-31T07:00:00Z. */
    TIME,
    /** A whole number. */
    COUNT,
    /** An amount in the shop's currency, exact. */
    MONEY,
    NUMBER,
    /** A part of 1. */
    SHARE,
    SECONDS,
    FLAG
  }

  public ReportTable {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(rows);
  }

  static Column column(String name, Kind kind, String text) {
    return new Column(name, kind, text);
  }

  /** The first column of tables by day. */
  static Column day(String text) {
    return column("day", Kind.DAY, text);
  }

  /** How the values of a column of the warehouse are shown. */
  static Kind kind(TableSchema.Type type, String name) {
    return switch (type) {
      case DATE -> Kind.DAY;
      case TIME -> Kind.TIME;
      case STRING -> Kind.TEXT;
      case BOOLEAN -> Kind.FLAG;
      case MONEY -> Kind.MONEY;
      case INT, LONG -> name.endsWith("seconds") ? Kind.SECONDS : Kind.COUNT;
      case DOUBLE, FLOAT ->
          name.contains("seconds")
              ? Kind.SECONDS
              : SHARES.stream().anyMatch(name::contains) ? Kind.SHARE : Kind.NUMBER;
      case BINARY -> throw new IllegalArgumentException("Cannot show bytes: column " + name);
    };
  }

  private static final List<String> SHARES =
      List.of("rate", "conversion", "share", "retention", "growth", "_to_");

  /** A row's values, of which some may be null. */
  static List<Object> row(Object... values) {
    return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
  }

  int ordinal(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException("Missing column of table " + name + ": " + column);
  }
}
