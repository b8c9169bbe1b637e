package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DuckDB by JDBC, in a JVM that starts as quickly as it can. */
record DuckDb() implements SqlEngine {

  @Override
  public String name() {
    return "DuckDB";
  }

  @Override
  public String folder() {
    return "duckdb";
  }

  @Override
  public Map<String, String> versions() {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return Map.of(name(), connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Measurement run(List<Path> scripts, Path work, Path log)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(MeasuredProcess.java());
    command.addAll(Resources.options("duckdb/java.options", Map.of()));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), DuckDbProcess.class.getName()));
    scripts.forEach(script -> command.add(script.toString()));
    return MeasuredProcess.run(command, Map.of(), log);
  }
}
