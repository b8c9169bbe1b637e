package org.clickmill.drivers.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * Views of DuckDB over the files that there are when a query runs. Each begins with an empty row
 * set of the declared columns, so that a column is there, in its place and of its type, also while
 * no file has it yet.
 */
final class DuckDbDdl implements Ddl {
  @Override
  public List<String> database(String database) {
    return List.of("CREATE SCHEMA IF NOT EXISTS " + SqlText.inQuotes(database));
  }

  @Override
  public List<String> table(CatalogTable table, String database, String location) {
    var name = SqlText.inQuotes(database == null ? table.name() : database + "." + table.name());
    var statements = new ArrayList<String>();
    var columns = new ArrayList<String>();
    for (var column : table.columns()) {
      columns.add("NULL::" + type(column.type()) + " AS " + SqlText.inQuotes(column.name()));
    }
    for (var key : table.partitions()) {
      columns.add("NULL::VARCHAR AS " + SqlText.inQuotes(key.name()));
    }
    statements.add(
        """
        CREATE OR REPLACE VIEW %s AS
        SELECT
        %s
        WHERE false
        UNION ALL BY NAME
        SELECT * FROM read_parquet(
          %s,
          union_by_name = true, hive_partitioning = true,
          hive_types = {%s})"""
            .formatted(
                name,
                SqlText.lines(columns),
                SqlText.literal(glob(table, location)),
                table.partitions().stream()
                    .map(key -> SqlText.literal(key.name()) + ": VARCHAR")
                    .collect(Collectors.joining(", "))));
    statements.add(
        "COMMENT ON VIEW " + name + " IS " + SqlText.literal(SqlText.comment(table.text())));
    for (var column : table.columns()) {
      statements.add(
          "COMMENT ON COLUMN "
              + name
              + "."
              + SqlText.inQuotes(column.name())
              + " IS "
              + SqlText.literal(SqlText.comment(column.text())));
    }
    return statements;
  }

  /** Files on a local disk go by their paths. */
  private static String glob(CatalogTable table, String location) {
    var uri = new Path(location).toUri();
    var root = "file".equals(uri.getScheme()) ? uri.getPath() : location;
    return root + "/*".repeat(table.partitions().size()) + "/*.parquet";
  }

  @Override
  public Optional<String> reasonAgainst(CatalogTable table) {
    return table.isAvro()
        ? Optional.of("its files are Avro; events_daily has the same events as Parquet")
        : Optional.empty();
  }

  @Override
  public String type(Type type) {
    return switch (type) {
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case FLOAT -> "FLOAT";
      case BOOLEAN -> "BOOLEAN";
      case STRING -> "VARCHAR";
      case BINARY -> "BLOB";
      case MONEY -> "DECIMAL(18,4)";
      case TIME -> "TIMESTAMP WITH TIME ZONE";
      case DATE -> "DATE";
    };
  }
}
