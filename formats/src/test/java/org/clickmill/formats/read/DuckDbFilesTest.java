package org.clickmill.formats.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that DuckDB writes are read as DuckDB reads them. */
final class DuckDbFilesTest {
  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @CsvSource({
    "SNAPPY, V1, 122880",
    "ZSTD, V1, 3000",
    "GZIP, V1, 122880",
    "UNCOMPRESSED, V1, 2048",
    "LZ4_RAW, V1, 5000",
    "SNAPPY, V2, 122880",
    "ZSTD, V2, 4096",
    "UNCOMPRESSED, V2, 122880"
  })
  void filesAreReadAsDuckDbReadsThem(String codec, String version, int rowGroup)
      throws IOException, SQLException {
    var file = folder.resolve("duck.parquet");
    var found = new ArrayList<List<Object>>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      write(connection, file, codec, version, rowGroup);
      var path = new Path(file.toUri());
      var fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
      try (var rows = TableReader.open(fileSystem, path, configuration)) {
        while (rows.next()) {
          var row = new ArrayList<>();
          rows.columns().forEach(column -> row.add(plain(rows.value(column.name()))));
          found.add(row);
        }
      }
      assertThat(found).as("seed %d", seed).isEqualTo(read(connection, file));
    }
  }

  private void write(
      Connection connection, java.nio.file.Path file, String codec, String version, int rowGroup)
      throws SQLException {
    long start = random.nextInt(1_000_000);
    try (var statement = connection.createStatement()) {
      statement.execute(
          String.format(
              Locale.ROOT,
              """
              COPY (
                SELECT
                  i AS whole,
                  CASE WHEN h %% 5 <> 0 THEN (h %% 1000)::INTEGER END AS small,
                  'same' AS same,
                  CASE WHEN h %% 3 = 0 THEN NULL WHEN h %% 3 = 1 THEN ''
                    ELSE 'brand é ' || (h %% 50) END AS brand,
                  'unique-' || h || repeat('x', (h %% 40)::INTEGER) AS unique_text,
                  (h %% 7 = 0) AS flag,
                  CASE WHEN h %% 11 > 0 THEN ((h %% 100000) / 100.0)::DECIMAL(18,4) END AS price,
                  ((h %% 1000) / 10.0)::DECIMAL(6,2) AS small_price,
                  ((h %% 1000) / 10.0)::DECIMAL(30,3) AS large_price,
                  TIMESTAMP '2019-10-01' + to_milliseconds(i * 37) AS happened_at,
                  DATE '2019-10-01' + (h %% 400)::INTEGER AS day,
                  (h / 7.0)::DOUBLE AS ratio,
                  NULL::VARCHAR AS nothing
                FROM (
                  SELECT i, (hash(i) %% 100000007)::BIGINT AS h
                  FROM range(%d, %d) AS r(i)))
              TO '%s' (FORMAT parquet, CODEC %s, PARQUET_VERSION %s, ROW_GROUP_SIZE %d)
              """,
              start,
              start + random.nextInt(1, 20_000),
              file,
              codec,
              version,
              rowGroup));
    }
  }

  private static List<List<Object>> read(Connection connection, java.nio.file.Path file)
      throws SQLException {
    var rows = new ArrayList<List<Object>>();
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT * REPLACE (epoch_ms(happened_at) AS happened_at, day - DATE '1970-01-01' AS day) FROM '"
                    + file
                    + "'")) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        var row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(plain(result.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Numbers without their kind, times and days as numbers. */
  private static Object plain(Object value) {
    if (value instanceof BigDecimal amount) {
      return amount.setScale(4).toPlainString();
    }
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    }
    if (value instanceof LocalDate day) {
      return Long.toString(day.toEpochDay());
    }
    return value == null ? null : value.toString();
  }
}
