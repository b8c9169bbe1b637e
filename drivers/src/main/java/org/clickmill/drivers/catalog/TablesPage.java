package org.clickmill.drivers.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableDescription.Column;
import org.clickmill.formats.table.TableSchema.Type;

/** The reference of all tables, docs/tables.md. */
public final class TablesPage {
  private static final String INTRODUCTION = "tables-introduction.md";

  private TablesPage() {}

  /** The page in Markdown, without a line break at its end. */
  public static String markdown(TableCatalog catalog) {
    var page = new StringBuilder(introduction()).append('\n');
    page.append("| table | a row is | key |\n|---|---|---|\n");
    for (var table : catalog.all()) {
      page.append("| ")
          .append(link(table.name()))
          .append(" | ")
          .append(cell(table.text()))
          .append(table.description().isInternal() ? " *Internal.*" : "")
          .append(" | ")
          .append(table.key().map(key -> String.join(", ", key)).orElse("none"))
          .append(" |\n");
    }
    var before = new ArrayList<CatalogTable>();
    for (var table : catalog.all()) {
      append(page, table, like(table, before), catalog);
      before.add(table);
    }
    return page.toString().stripTrailing();
  }

  private static String introduction() {
    try (var stream = TablesPage.class.getResourceAsStream(INTRODUCTION)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + INTRODUCTION, e);
    }
  }

  /** The table before it, of the same command, most of whose columns this one has too. */
  private static Optional<CatalogTable> like(CatalogTable table, List<CatalogTable> before) {
    return before.stream()
        .filter(other -> other.commands().equals(table.commands()))
        .filter(other -> table.columns().containsAll(other.columns()))
        .max(Comparator.comparingInt(other -> other.columns().size()));
  }

  private static void append(
      StringBuilder page, CatalogTable table, Optional<CatalogTable> like, TableCatalog catalog) {
    page.append("\n## ").append(table.name()).append("\n\n");
    page.append(table.text());
    if (table.description().isInternal()) {
      page.append(" Internal: its columns may change.");
    }
    page.append("\n\n");
    page.append("- Key: ")
        .append(table.key().map(key -> String.join(", ", key)).orElse("none, rows may be equal"))
        .append('\n');
    page.append("- Partitions: ").append(table.cadence()).append('\n');
    if (!table.inputs().isEmpty()) {
      page.append("- Made from: ").append(String.join("; ", table.inputs())).append('\n');
    }
    page.append("- Written by: ")
        .append(
            table.commands().stream()
                .map(command -> "`" + command + "`")
                .collect(Collectors.joining(", ")))
        .append(catalog.isWritten(table) ? "" : ", where the settings ask for it")
        .append('\n');
    if (!table.settings().isEmpty()) {
      page.append("- Settings: ")
          .append(
              table.settings().stream()
                  .map(ConfigKey::name)
                  .map(name -> "`" + name + "`")
                  .collect(Collectors.joining(", ")))
          .append('\n');
    }
    appendColumns(page, table, like);
  }

  private static void appendColumns(
      StringBuilder page, CatalogTable table, Optional<CatalogTable> like) {
    var known = new HashSet<Column>();
    like.ifPresent(other -> known.addAll(other.columns()));
    var columns = table.columns().stream().filter(column -> !known.contains(column)).toList();
    like.ifPresent(
        other ->
            page.append("- Columns: those of ")
                .append(link(other.name()))
                .append(columns.isEmpty() ? "\n" : ", and these\n"));
    if (columns.isEmpty()) {
      return;
    }
    page.append("\n| column | type | NULL | personal | meaning |\n|---|---|---|---|---|\n");
    for (var column : columns) {
      page.append("| ")
          .append(column.name())
          .append(" | ")
          .append(type(column.type()))
          .append(" | ")
          .append(column.isNullable() ? "yes" : "")
          .append(" | ")
          .append(column.isPersonal() ? "yes" : "")
          .append(" | ")
          .append(cell(column.text()))
          .append(" |\n");
    }
  }

  /** The name of a type for people. */
  public static String type(Type type) {
    return switch (type) {
      case LONG -> "bigint";
      case MONEY -> "decimal(18,4)";
      case TIME -> "timestamp";
      case INT, DOUBLE, FLOAT, BOOLEAN, STRING, BINARY, DATE ->
          type.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String link(String table) {
    return "[" + table + "](#" + table + ")";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
