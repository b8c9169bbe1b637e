package org.clickmill.drivers.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.DbtSources;
import org.clickmill.drivers.catalog.Ddl;
import org.clickmill.drivers.catalog.Engine;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares the tables to other engines. */
@Command(
    name = "ddl",
    description = {
      "Prints the statements that declare the tables of a warehouse to Hive (4.0 and newer), Spark,"
          + " Trino or DuckDB, or dbt's sources.yml.",
      "The tables are external, or views in DuckDB, and carry the descriptions of their columns."
          + " Running the statements again takes in new partitions and changes nothing else.",
      "With --format dbt, prints a sources.yml with descriptions, which columns are personal, and"
          + " tests of keys."
    },
    footer = {
      "",
      "Examples:",
      "  clickmill ddl --engine duckdb --warehouse shop > shop.sql",
      "  clickmill ddl --engine hive --database shop --warehouse hdfs:///shop sales clv",
      "  clickmill ddl --format dbt --database shop > models/sources.yml"
    })
final class DdlCommand extends BaseCommand {
  private static final String END = ";\n";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "The engine: hive, spark, trino or duckdb.")
  private Engine engine;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Print sql for an engine, or sources for dbt (default: sql).")
  private Format format = Format.SQL;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description =
          "Make the tables in this database, and the database where there is none; for Trino a"
              + " schema, or catalog.schema (default: the engine's own; hive.default for Trino).")
  private String database;

  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description =
          "The tables (default: all that the settings ask for, and others that are there, but no"
              + " internal ones).")
  private List<String> names = List.of();

  private enum Format {
    SQL,
    DBT
  }

  /** What was declared; the text holds all statements, or dbt's file. */
  record Result(List<String> tables, String text) {}

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  protected void run(CommandContext context) throws IOException {
    var catalog = TableCatalog.of(context.configuration());
    var result = format == Format.DBT ? dbt(catalog) : sql(context, catalog);
    context.console().result(result, result::text);
  }

  private Result dbt(TableCatalog catalog) {
    if (engine != null) {
      throw ClickmillException.usage("Invalid options: --engine is for --format sql, not dbt");
    }
    var tables = names.isEmpty() ? catalog.queried() : named(catalog);
    return new Result(namesOf(tables), DbtSources.yaml(tables, database));
  }

  private Result sql(CommandContext context, TableCatalog catalog) throws IOException {
    if (engine == null) {
      throw ClickmillException.usage(
          "Missing option: --engine hive, spark, trino or duckdb (or --format dbt)");
    }
    if (database != null && database.isBlank()) {
      throw ClickmillException.usage("Invalid value of --database: it is empty");
    }
    var ddl = engine.ddl();
    var warehouse = context.warehouse();
    var there = warehouse.datasets();
    var statements = new ArrayList<>(database == null ? List.of() : ddl.database(database));
    var text = new StringBuilder();
    text.append("-- Tables of ").append(warehouse.root()).append(" for ");
    text.append(engine.name().toLowerCase(Locale.ROOT)).append(".\n");
    var declared = new ArrayList<String>();
    statements.forEach(statement -> text.append(statement).append(END));
    for (var table : names.isEmpty() ? tables(catalog, there) : named(catalog)) {
      var reason = reasonAgainst(ddl, table, there);
      if (reason != null && !names.isEmpty()) {
        throw ClickmillException.usage(
            "Cannot declare table %s to %s: %s",
            table.name(), engine.name().toLowerCase(Locale.ROOT), reason);
      }
      text.append('\n');
      if (reason != null) {
        text.append("-- ")
            .append(table.name())
            .append(" is left out: ")
            .append(reason)
            .append('\n');
        continue;
      }
      declared.add(table.name());
      for (var statement : ddl.table(table, database, location(warehouse, table))) {
        text.append(statement).append(END);
      }
    }
    return new Result(declared, text.toString().stripTrailing());
  }

  private static String reasonAgainst(Ddl ddl, CatalogTable table, List<String> there) {
    return ddl.reasonAgainst(table)
        .orElse(!there.contains(table.name()) ? "it has no partition yet" : null);
  }

  private static String location(Warehouse warehouse, CatalogTable table) {
    return warehouse.root() + "/" + table.name();
  }

  /** Those that the settings ask for, and others that are there. */
  private static List<CatalogTable> tables(TableCatalog catalog, List<String> there) {
    var queried = catalog.queried();
    return catalog.all().stream()
        .filter(
            table ->
                queried.contains(table)
                    || there.contains(table.name()) && !table.description().isInternal())
        .toList();
  }

  private List<CatalogTable> named(TableCatalog catalog) {
    return names.stream().distinct().map(catalog::named).toList();
  }

  private static List<String> namesOf(List<CatalogTable> tables) {
    return tables.stream().map(CatalogTable::name).collect(Collectors.toList());
  }
}
