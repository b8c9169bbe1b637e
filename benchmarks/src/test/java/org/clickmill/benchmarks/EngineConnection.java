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

/** Hive's JDBC driver, with a class path of its own. */
final class HiveConnection implements AutoCloseable {
  private final URLClassLoader driver;
  private final Connection connection;

  private HiveConnection(URLClassLoader driver, Connection connection) {
    this.driver = driver;
    this.connection = connection;
  }

  static HiveConnection open(HiveServer server) throws Exception {
    var loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());
    var type = loader.loadClass("org.apache.hive.jdbc.HiveDriver");
    var driver = (Driver) type.getDeclaredConstructor().newInstance();
    return new HiveConnection(
        loader, driver.connect("jdbc:hive2://localhost:" + server.port() + "/", new Properties()));
  }

  private static URL[] jars() throws IOException {
    var urls = new ArrayList<URL>();
    try (var jars = Files.list(HiveServer.jars())) {
      for (var jar : jars.sorted().toArray(Path[]::new)) {
        urls.add(jar.toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  Connection connection() {
    return connection;
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
