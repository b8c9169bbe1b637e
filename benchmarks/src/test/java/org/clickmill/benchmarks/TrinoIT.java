package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trino executes its DDL, and finds in every table what DuckDB finds in the files. */
final class TrinoIT {
  private static final String DATABASE = "mill";

  @TempDir private static Path folder;

  private static HiveServer metastore;
  private static TrinoServer server;
  private static EngineConnection trino;
  private static Shop shop;

  @BeforeAll
  static void startTrino() throws Exception {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    assumeTrue(
        System.getProperty("clickmill.trino") != null,
        "Skipped: run mvn verify -Dclickmill.trino to start a Trino");
    var jdk = TrinoServer.jdk();
    assumeTrue(jdk.isPresent(), "Skipped: there is no JDK 25, which Trino needs, in /usr/lib/jvm");
    metastore = HiveServer.metastore(folder.resolve("metastore"));
    shop =
        new Shop(
            folder,
            List.of(
                "-Dclickmill.metastore.uris=" + metastore.uri(),
                "-Dclickmill.metastore.database=" + DATABASE));
    shop.importGenerated("raw", 7, 400, LocalDate.of(2019, 10, 1), 2);
    shop.clickmill("pipeline");
    var files = Files.createDirectories(folder.resolve("catalog"));
    server =
        TrinoServer.start(
            jdk.get(),
            Files.createDirectories(folder.resolve("trino")),
            Map.of("hive", files.toUri().toString(), "registered", metastore.uri()));
    trino = EngineConnection.open(server);
  }

  @AfterAll
  static void stopTrino() throws Exception {
    if (trino != null) {
      trino.close();
    }
    if (server != null) {
      server.close();
    }
    if (metastore != null) {
      metastore.close();
    }
  }

  @Test
  void tablesOfTheDdlHaveTheRowsOfDuckDb() throws Exception {
    var script = shop.clickmill("ddl", "--engine=trino", "--database=by_ddl");
    for (int i = 0; i < 2; i++) { // Running it again changes nothing.
      for (var statement : Shop.statements(script)) {
        trino.execute(statement);
      }
    }
    assertSameTables("hive.by_ddl");
  }

  @Test
  void tablesOfTheMetastoreHaveTheRowsOfDuckDb() throws Exception {
    assertSameTables("registered." + DATABASE);
    assertThat(trino.rows("SELECT count(*) FROM registered.mill.sales")).containsExactly("2");
  }

  @Test
  void ddlOfAnotherCatalogIsExecuted() throws Exception {
    var script = shop.clickmill("ddl", "--engine=trino", "--database=registered.by_ddl");
    for (var statement : Shop.statements(script)) {
      trino.execute(statement);
    }
    assertSameTables("registered.by_ddl");
  }

  private static void assertSameTables(String schema) throws Exception {
    try (var duck = shop.duckDb()) {
      var tables = trino.rows("SHOW TABLES FROM " + schema);
      assertThat(tables).hasSizeGreaterThan(20).contains("events", "events_daily", "sales", "clv");
      for (var table : tables) {
        var from = schema + "." + table;
        if (table.equals("events")) {
          Shop.assertSameEvents(duck, TrinoIT::rows, from);
        } else {
          Shop.assertSameRows(duck, table, TrinoIT::rows, name -> '"' + name + '"', from);
        }
      }
    }
  }

  private static List<String> rows(String query) throws SQLException {
    return trino.rows(query);
  }
}
