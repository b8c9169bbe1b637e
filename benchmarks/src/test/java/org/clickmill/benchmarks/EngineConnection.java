package org.clickmill.benchmarks;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A connection over a JDBC driver that has a class path of its own. */
final class EngineConnection implements AutoCloseable {
  private final URLClassLoader driver;
  private final Connection connection;

  private EngineConnection(URLClassLoader driver, Connection connection) {
    this.driver = driver;
    this.connection = connection;
  }

  static EngineConnection open(HiveServer server) throws Exception {
    return open(
        HiveServer.jars(),
        "org.apache.hive.jdbc.HiveDriver",
        "jdbc:hive2://localhost:" + server.port() + "/",
        new Properties());
  }

  static EngineConnection open(TrinoServer server) throws Exception {
    var properties = new Properties();
    properties.setProperty("user", "miller");
    return open(
        TrinoServer.driver(),
        "io.trino.jdbc.TrinoDriver",
        "jdbc:trino://" + server.address() + "/",
        properties);
  }

  private static EngineConnection open(
      Path folder, String driverName, String url, Properties properties) throws Exception {
    var loader = new URLClassLoader(jars(folder), ClassLoader.getPlatformClassLoader());
    var driver = (Driver) loader.loadClass(driverName).getDeclaredConstructor().newInstance();
    return new EngineConnection(loader, driver.connect(url, properties));
  }

  private static URL[] jars(Path folder) throws IOException {
    var urls = new ArrayList<URL>();
    try (var jars = Files.list(folder)) {
      for (var jar : jars.sorted().toArray(Path[]::new)) {
        urls.add(jar.toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  /** The rows of a query. */
  List<String> rows(String query) throws SQLException {
    return EngineRows.of(connection, query);
  }

  /** Executes a statement that has no result. */
  void execute(String statement) throws SQLException {
    try (var executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    try (driver) {
      connection.close();
    }
  }
}
