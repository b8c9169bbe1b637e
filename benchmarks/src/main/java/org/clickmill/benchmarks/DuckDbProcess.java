package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * The process that DuckDB is measured in: runs the statements of a resource over a folder of events
 * and writes their results to another. It uses all cores, as DuckDB does by itself.
 */
final class DuckDbProcess {
  private DuckDbProcess() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    var paths = Map.of("events", Path.of(arguments[1]), "output", Path.of(arguments[2]));
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      for (var sql : Sql.statements(arguments[0], paths)) {
        statement.execute(sql);
      }
    }
  }
}
