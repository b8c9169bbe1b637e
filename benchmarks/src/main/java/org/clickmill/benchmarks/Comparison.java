package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * Compares the tables of both sides. Each statement of a comparison is one row: the number of rows
 * compared, the number of rows that differ, and the first of these in words.
 */
final class Comparison {
  private Comparison() {}

  /**
   * Compares the answers to a question.
   *
   * @return the number of rows that were compared
   * @throws BenchmarkException if any row differs, or there is none
   */
  static long compare(Question question, Path warehouse, Path duckDb)
      throws IOException, SQLException {
    long rows = 0;
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      var paths = Map.of("clickmill", warehouse, "duckdb", duckDb);
      for (var sql : Sql.statements(question.name() + "-compare.sql", paths)) {
        try (var result = statement.executeQuery(sql)) {
          result.next();
          rows += result.getLong(1);
          if (result.getLong(2) > 0) {
            throw new BenchmarkException(
                "Cannot compare times of %s: %d of %d rows differ, the first %s",
                question.name(), result.getLong(2), result.getLong(1), result.getString(3));
          }
        }
      }
    }
    if (rows == 0) {
      throw new BenchmarkException("Cannot compare times of %s: no rows", question.name());
    }
    return rows;
  }
}
