package org.clickmill.drivers.catalog;

import java.util.List;
import java.util.stream.Collectors;
import org.clickmill.formats.table.TableSchema.Type;

/** External tables of Trino's Hive connector; a database is a schema, with or without catalog. */
final class TrinoDdl implements Ddl {
  private static final String SCHEMA = "hive.default";

  @Override
  public List<String> database(String database) {
    return List.of("CREATE SCHEMA IF NOT EXISTS " + SqlText.inQuotes(withCatalog(database)));
  }

  @Override
  public List<String> table(CatalogTable table, String database, String location) {
    var schema = database == null ? SCHEMA : withCatalog(database);
    int dot = schema.indexOf('.');
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS %s (
        %s)
        COMMENT %s
        WITH (
          format = '%s',
          partitioned_by = ARRAY[%s],
          external_location = %s)"""
            .formatted(
                SqlText.inQuotes(schema + "." + table.name()),
                SqlText.columns(
                    table,
                    true,
                    SqlText::inQuotes,
                    column -> type(column.type()),
                    "VARCHAR",
                    SqlText::literal),
                SqlText.literal(SqlText.comment(table.text())),
                table.isAvro() ? "AVRO" : "PARQUET",
                table.partitions().stream()
                    .map(key -> SqlText.literal(key.name()))
                    .collect(Collectors.joining(", ")),
                SqlText.literal(location)),
        "CALL %s.system.sync_partition_metadata(%s, %s, 'FULL')"
            .formatted(
                SqlText.inQuotes(schema.substring(0, dot)),
                SqlText.literal(schema.substring(dot + 1)),
                SqlText.literal(table.name())));
  }

  private static String withCatalog(String database) {
    return database.contains(".") ? database : "hive." + database;
  }

  @Override
  public String type(Type type) {
    return switch (type) {
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case FLOAT -> "REAL";
      case BOOLEAN -> "BOOLEAN";
      case STRING -> "VARCHAR";
      case BINARY -> "VARBINARY";
      case MONEY -> "DECIMAL(18,4)";
      case TIME -> "TIMESTAMP(3)";
      case DATE -> "DATE";
    };
  }
}
