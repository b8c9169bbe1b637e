package org.clickmill.drivers.catalog;

import java.util.List;
import org.clickmill.formats.table.TableSchema.Type;

/** External tables of Hive 4.0 and newer, partitioned as the folders are. */
final class HiveDdl implements Ddl {
  @Override
  public List<String> database(String database) {
    return List.of("CREATE DATABASE IF NOT EXISTS " + SqlText.inBackticks(database));
  }

  @Override
  public List<String> table(CatalogTable table, String database, String location) {
    var name = SqlText.inBackticks(database == null ? table.name() : database + "." + table.name());
    return List.of(
        """
        CREATE EXTERNAL TABLE IF NOT EXISTS %s (
        %s)
        COMMENT %s
        PARTITIONED BY (
        %s)
        STORED AS %s
        LOCATION %s"""
            .formatted(
                name,
                SqlText.columns(
                    table,
                    false,
                    SqlText::inBackticks,
                    column -> type(column.type()),
                    "STRING",
                    SqlText::escapedLiteral),
                SqlText.escapedLiteral(SqlText.comment(table.text())),
                SqlText.lines(
                    SqlText.partitions(
                        table, SqlText::inBackticks, "STRING", SqlText::escapedLiteral)),
                table.isAvro() ? "AVRO" : "PARQUET",
                SqlText.escapedLiteral(location)),
        "MSCK REPAIR TABLE " + name + " SYNC PARTITIONS");
  }

  @Override
  public String type(Type type) {
    return SqlText.hiveType(type);
  }
}
