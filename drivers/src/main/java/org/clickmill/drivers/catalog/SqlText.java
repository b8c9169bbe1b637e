package org.clickmill.drivers.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.clickmill.formats.table.TableDescription.Column;
import org.clickmill.formats.table.TableSchema.Type;

/** Parts of statements that are alike in several engines. */
final class SqlText {
  private static final String INDENT = "  ";

  private SqlText() {}

  /** A name in backticks, as Hive and Spark write them; the parts of a name with dots each. */
  static String inBackticks(String name) {
    return quoted(name, "`");
  }

  /** A name in double quotes, as the standard has it; the parts of a name with dots each. */
  static String inQuotes(String name) {
    return quoted(name, "\"");
  }

  private static String quoted(String name, String quote) {
    return List.of(name.split("\\.", -1)).stream()
        .map(part -> quote + part.replace(quote, quote + quote) + quote)
        .collect(Collectors.joining("."));
  }

  /** A string literal, as the standard has it. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A string literal of Hive and Spark, in which a backslash escapes. */
  static String escapedLiteral(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A description as a comment: some clients end a statement at every semicolon. */
  static String comment(String text) {
    return text.replace(';', ',');
  }

  /** Lines of a list, with commas between them. */
  static String lines(List<String> items) {
    return items.stream().map(item -> INDENT + item).collect(Collectors.joining(",\n"));
  }

  /**
   * The columns in the parentheses of a CREATE TABLE, with their descriptions.
   *
   * @param withPartitions whether the partition's keys stand among the columns, at the end
   */
  static String columns(
      CatalogTable table,
      boolean withPartitions,
      UnaryOperator<String> name,
      Function<Column, String> type,
      String string,
      UnaryOperator<String> literal) {
    var lines = new ArrayList<String>();
    for (var column : table.columns()) {
      lines.add(
          name.apply(column.name())
              + " "
              + type.apply(column)
              + " COMMENT "
              + literal.apply(comment(column.text())));
    }
    if (withPartitions) {
      lines.addAll(partitions(table, name, string, literal));
    }
    return lines(lines);
  }

  /** The partition's keys, as {@link #columns} writes them. */
  static List<String> partitions(
      CatalogTable table,
      UnaryOperator<String> name,
      String string,
      UnaryOperator<String> literal) {
    return table.partitions().stream()
        .map(
            key ->
                name.apply(key.name())
                    + " "
                    + string
                    + " COMMENT "
                    + literal.apply(comment(key.text())))
        .toList();
  }

  /** What Hive calls a type, and Spark after it. */
  static String hiveType(Type type) {
    return switch (type) {
      case INT -> "INT";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case FLOAT -> "FLOAT";
      case BOOLEAN -> "BOOLEAN";
      case STRING -> "STRING";
      case BINARY -> "BINARY";
      case MONEY -> "DECIMAL(18,4)";
      case TIME -> "TIMESTAMP";
      case DATE -> "DATE";
    };
  }
}
