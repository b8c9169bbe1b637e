package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark executes its DDL, and its tables have the rows of DuckDB's views. */
final class SparkDdlIT {
  /** Together they have every type of column. */
  private static final List<String> COMPARED =
      List.of("view_counts", "sales_hourly", "customers", "clv", "interactions");

  @TempDir private Path folder;

  @Test
  void tablesOfSparkHaveTheRowsOfDuckDb() throws Exception {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    var shop = new Shop(folder, List.of());
    shop.importGenerated("raw", 7, 600, LocalDate.of(2019, 10, 1), 2);
    shop.clickmill("pipeline");
    var script = new StringBuilder(shop.clickmill("ddl", "--engine=spark", "--database=mill"));
    script.append('\n');
    COMPARED.forEach(table -> script.append(copy(table)));
    script.append(copy("events"));
    SparkRun.execute(folder, "1g", script.toString());
    try (var duck = shop.duckDb()) {
      for (var table : COMPARED) {
        assertSame(duck, table, "SELECT * FROM " + copied(table), "SELECT * FROM " + table);
      }
      assertSame(
          duck,
          "events",
          "SELECT * EXCLUDE (hr) REPLACE (coalesce(source_item, 0) AS source_item) FROM "
              + copied("events"),
          "SELECT * FROM events_daily");
    }
  }

  private String copy(String table) {
    return "INSERT OVERWRITE DIRECTORY '"
        + folder.resolve(table)
        + "' USING parquet SELECT * FROM mill."
        + table
        + ";\n";
  }

  private String copied(String table) {
    return "read_parquet('" + folder.resolve(table) + "/*.parquet')";
  }

  private static void assertSame(Connection duck, String table, String one, String other)
      throws SQLException {
    for (var query : List.of(one + " EXCEPT ALL " + other, other + " EXCEPT ALL " + one)) {
      assertThat(count(duck, query)).as(table + ": " + query).isZero();
    }
    assertThat(count(duck, other)).as(table).isPositive();
  }

  private static long count(Connection duck, String query) throws SQLException {
    try (var statement = duck.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM (" + query + ")")) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
