package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The process that DuckDB is measured in: runs the statements of a file, one after another. */
final class DuckDbProcess {
  private DuckDbProcess() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      for (var sql : Files.readString(Path.of(arguments[0])).split(";", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }
}
