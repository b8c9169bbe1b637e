package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DuckDB by JDBC, in a JVM that starts as quickly as it can.
 *
 * @param folder where its script, log and answers go
 */
record DuckDbSide(GeneratedWarehouse warehouse, Path folder) implements Side {

  @Override
  public String name() {
    return "DuckDB";
  }

  @Override
  public Map<String, String> versions() {
    return version();
  }

  /** DuckDB's version, by its name. */
  static Map<String, String> version() {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return Map.of("DuckDB", connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void prepare(Question question) throws IOException {
    warehouse.discarded().take(folder);
    for (var table : question.compared()) {
      Files.createDirectories(answers().resolve(table.name()));
    }
    Scripts.write("duckdb", question, warehouse.places(answers()), script());
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    return run(List.of(script()), folder.resolve("duckdb.log"));
  }

  /**
   * Runs scripts in a process of their own, one after another.
   *
   * @param log where {@link DuckDbProcess} prints how long each took
   */
  static Measurement run(List<Path> scripts, Path log) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(MeasuredProcess.java());
    command.addAll(Resources.options("duckdb/java.options", Map.of()));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), DuckDbProcess.class.getName()));
    scripts.forEach(script -> command.add(script.toString()));
    return MeasuredProcess.run(command, Map.of(), log);
  }

  @Override
  public String relation(ComparedTable table) {
    return Scripts.relation(answers(), table);
  }

  private Path answers() {
    return folder.resolve("answers");
  }

  private Path script() {
    return folder.resolve("script.sql");
  }
}
