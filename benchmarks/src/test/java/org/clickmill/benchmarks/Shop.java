package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;

/**
 * A warehouse of made-up events that is filled by the launcher, for tests of engines that read it.
 *
 * @param folder for the warehouse, the generated files and logs
 * @param options of every command besides the warehouse
 */
record Shop(Path folder, List<String> options) {

  Path warehouse() {
    return folder.resolve("shop");
  }

  /** Runs a command and returns its output, standard error included. */
  String clickmill(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--warehouse=" + warehouse());
    all.addAll(options);
    var log = Files.createTempFile(folder, "clickmill", ".log");
    ClickmillCommand.of(Path.of(System.getProperty("clickmill.home")), "", log).run(all);
    return Files.readString(log);
  }

  /**
   * Generates events and imports them.
   *
   * @param name of the folder of their files
   */
  void importGenerated(String name, long seed, int visitors, LocalDate day, int days)
      throws IOException, InterruptedException {
    new GenerateFiles(new Configuration(), FileFormat.CSV, FilePer.DAY, false)
        .run(
            new GeneratorOptions(seed, visitors, day, days),
            new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()),
            written -> {});
    clickmill("import", "--mapping=rees46", "--input=" + folder.resolve(name));
  }

  /** DuckDB with a view of each table, in UTC; to be closed. */
  Connection duckDb() throws IOException, InterruptedException, SQLException {
    var duck = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(clickmill("ddl", "--engine=duckdb"));
      return duck;
    } catch (IOException | InterruptedException | SQLException e) {
      duck.close();
      throw e;
    }
  }

  /** The statements of a script; comments stand on lines of their own. */
  static List<String> statements(String script) {
    var text =
        script.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    return Arrays.stream(text.split(";", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Runs a query of another engine. */
  @FunctionalInterface
  interface Query {
    List<String> rows(String query) throws SQLException;
  }

  /**
   * Asserts that another engine finds in a table every row of DuckDB's view, and no other.
   *
   * @param quoted how the other engine quotes a column's name
   * @param from the table's name in the other engine
   */
  static void assertSameRows(
      Connection duck, String table, Query other, UnaryOperator<String> quoted, String from)
      throws SQLException {
    var columns = EngineRows.of(duck, "SELECT column_name FROM (DESCRIBE " + table + ")");
    var inDuck = columns.stream().map(name -> '"' + name + '"');
    var inOther = columns.stream().map(quoted);
    assertThat(other.rows("SELECT " + inOther.collect(Collectors.joining(", ")) + " FROM " + from))
        .as(table)
        .isEqualTo(
            EngineRows.of(
                duck, "SELECT " + inDuck.collect(Collectors.joining(", ")) + " FROM " + table));
  }

  /** Asserts that another engine finds in {@code events} what DuckDB finds in the days. */
  static void assertSameEvents(Connection duck, Query other, String from) throws SQLException {
    assertThat(other.rows("SELECT event_time, product_id, price FROM " + from))
        .as("events")
        .isNotEmpty()
        .isEqualTo(EngineRows.of(duck, "SELECT event_time, product_id, price FROM events_daily"));
  }
}
