package org.clickmill.benchmarks;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Compares the tables that two sides have written, row by row, in DuckDB. */
final class Comparison {
  private Comparison() {}

  /**
   * Compares the answers to a question.
   *
   * @param ours Clickmill
   * @return the number of rows that were compared
   * @throws BenchmarkException if any row differs, or there is none
   */
  static long compare(Question question, Side ours, Side theirs) throws SQLException {
    long rows = 0;
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (var table : question.compared()) {
        rows += compare(question, table, ours, theirs, statement);
      }
    }
    return rows;
  }

  private static long compare(
      Question question, ComparedTable table, Side ours, Side theirs, Statement statement)
      throws SQLException {
    try (var result = statement.executeQuery(sql(table, ours, theirs))) {
      result.next();
      long rows = result.getLong(1);
      long different = result.getLong(2);
      if (rows == 0) {
        throw new BenchmarkException(
            "Cannot tell times of %s: %s of %s has no rows", question, table.name(), theirs.name());
      }
      if (different > 0) {
        throw new BenchmarkException(
            "Cannot tell times of %s: %s of %s and %s differ in %,d of %,d rows, first in %s",
            question,
            table.name(),
            ours.name(),
            theirs.name(),
            different,
            rows,
            result.getString(3));
      }
      return rows;
    }
  }

  private static String sql(ComparedTable table, Side ours, Side theirs) {
    return """
        WITH a AS (%s), b AS (%s)
        SELECT count(*), count(*) FILTER (differs), min([key, a, b]) FILTER (differs)
        FROM (
          SELECT
            concat_ws(' ', %s) AS key,
            concat('%s: ', %s) AS a,
            concat('%s: ', %s) AS b,
            %s AS differs
          FROM a FULL JOIN b USING (%s)
        )
        """
        .formatted(
            relation(table, ours),
            relation(table, theirs),
            String.join(", ", table.keys()),
            ours.name(),
            texts("a", table.values()),
            theirs.name(),
            texts("b", table.values()),
            table.difference(),
            String.join(", ", table.keys()));
  }

  private static String relation(ComparedTable table, Side side) {
    var columns = table.keys().contains("dt") ? "* REPLACE (dt::DATE AS dt)" : "*";
    return "SELECT " + columns + " FROM " + side.relation(table);
  }

  private static String texts(String side, List<String> columns) {
    return columns.stream()
        .map(column -> "'%1$s ', coalesce(%2$s.%1$s::VARCHAR, 'NULL')".formatted(column, side))
        .collect(Collectors.joining(", ', ', "));
  }
}
