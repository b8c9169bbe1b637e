package org.clickmill.drivers.catalog;

import java.util.List;
import java.util.stream.Collectors;
import org.clickmill.formats.table.TableSchema.Type;

/** Tables of Spark SQL over files that it does not own. */
final class SparkDdl implements Ddl {
  @Override
  public List<String> database(String database) {
    return List.of("CREATE DATABASE IF NOT EXISTS " + SqlText.inBackticks(database));
  }

  @Override
  public List<String> table(CatalogTable table, String database, String location) {
    var name = SqlText.inBackticks(database == null ? table.name() : database + "." + table.name());
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS %s (
        %s)
        USING %s
        PARTITIONED BY (%s)
        LOCATION %s
        COMMENT %s"""
            .formatted(
                name,
                SqlText.columns(
                    table,
                    true,
                    SqlText::inBackticks,
                    column -> type(column.type()),
                    "STRING",
                    SqlText::escapedLiteral),
                table.isAvro() ? "AVRO" : "PARQUET",
                table.partitions().stream()
                    .map(key -> SqlText.inBackticks(key.name()))
                    .collect(Collectors.joining(", ")),
                SqlText.escapedLiteral(location),
                SqlText.escapedLiteral(SqlText.comment(table.text()))),
        "MSCK REPAIR TABLE " + name + " SYNC PARTITIONS");
  }

  @Override
  public String type(Type type) {
    return SqlText.hiveType(type);
  }
}
