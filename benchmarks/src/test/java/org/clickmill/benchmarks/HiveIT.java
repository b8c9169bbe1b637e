package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables are registered in a real metastore as they are published, and Hive finds in them what
 * DuckDB finds in the files. The tests go on from each other's warehouse.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HiveIT {
  private static final LocalDate FIRST = LocalDate.of(2019, 10, 1);
  private static final String DATABASE = "mill";
  private static final int VISITORS = 400;

  @TempDir private static Path folder;

  private static HiveServer metastore;
  private static HiveServer server;
  private static EngineConnection hive;
  private static Shop shop;

  @BeforeAll
  static void startHive() throws Exception {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    assumeTrue(
        System.getProperty("clickmill.hive") != null,
        "Skipped: run mvn verify -Dclickmill.hive to start a metastore and HiveServer2");
    metastore = HiveServer.metastore(folder.resolve("metastore"));
    server = HiveServer.hiveServer2(folder.resolve("server"), metastore);
    hive = EngineConnection.open(server);
    shop =
        new Shop(
            folder,
            List.of(
                "-Dclickmill.metastore.uris=" + metastore.uri(),
                "-Dclickmill.metastore.database=" + DATABASE));
    shop.importGenerated("raw", 7, VISITORS, FIRST, 2);
    clickmill("pipeline");
  }

  @AfterAll
  static void stopHive() throws Exception {
    if (hive != null) {
      hive.close();
    }
    for (var process : new HiveServer[] {server, metastore}) {
      if (process != null) {
        process.close();
      }
    }
  }

  @Test
  @Order(1)
  void everyPublishedTableHasTheRowsOfDuckDb() throws Exception {
    assertSameTables();
    var partition = describe("sales", FIRST);
    assertThat(partition).contains("clickmill.rows").contains("clickmill.version |1");
    assertThat(partition).doesNotContain("COLUMN_STATS_ACCURATE");
    assertThat(clickmill("pipeline")).contains("Nothing to do");
    assertThat(clickmill("catalog", "sync", "--dry-run"))
        .contains("0 partitions added, 0 changed, 0 dropped");
    assertThat(clickmill("status")).doesNotContain("not registered");
  }

  @Test
  @Order(2)
  void everyStatementOfTheDdlIsExecuted() throws Exception {
    var script = clickmill("ddl", "--engine=hive", "--database=by_ddl");
    for (var statement : Shop.statements(script)) {
      hive.execute(statement);
    }
    for (var table : List.of("events", "sales", "view_counts")) {
      assertThat(hive.rows("SELECT * FROM by_ddl." + table))
          .as(table)
          .isNotEmpty()
          .isEqualTo(hive.rows("SELECT * FROM " + DATABASE + "." + table));
    }
  }

  @Test
  @Order(3)
  void sparkReadsTheTablesOfTheMetastore() throws Exception {
    var spark = Files.createDirectories(folder.resolve("spark"));
    var tables = List.of("events_daily", "sales_hourly", "view_counts", "customers", "clv");
    var script = new StringBuilder();
    for (var table : tables) {
      script
          .append("INSERT OVERWRITE DIRECTORY '")
          .append(spark.resolve(table))
          .append("' USING parquet SELECT * FROM mill.")
          .append(table)
          .append(";\n");
    }
    SparkRun.execute(
        spark,
        "1g",
        Map.of(
            "spark.sql.catalogImplementation", "hive",
            "spark.hadoop.hive.metastore.uris", metastore.uri(),
            "spark.sql.hive.metastore.version", "4.0.1",
            "spark.sql.hive.metastore.jars", "path",
            "spark.sql.hive.metastore.jars.path", "file://" + HiveServer.jars() + "/*.jar"),
        script.toString());
    try (var duck = shop.duckDb()) {
      for (var table : tables) {
        var copied = "read_parquet('" + spark.resolve(table) + "/*.parquet')";
        assertThat(EngineRows.of(duck, "SELECT * FROM " + copied))
            .as(table)
            .isNotEmpty()
            .isEqualTo(EngineRows.of(duck, "SELECT * FROM " + table));
      }
    }
  }

  @Test
  @Order(4)
  void replacedPartitionsHaveTheirNewRows() throws Exception {
    shop.importGenerated("more", 8, VISITORS, FIRST, 1);
    clickmill("pipeline");
    assertThat(describe("sales", FIRST)).contains("clickmill.version |2");
    assertSameTables();
    // A job, not the metastore's statistics.
    assertThat(hive.rows("SELECT count(*) FROM " + DATABASE + ".sales"))
        .isEqualTo(List.of(Integer.toString(hive.rows("SELECT dt FROM mill.sales").size())));
  }

  @Test
  @Order(5)
  void partitionsThatAreGoneAreDropped() throws Exception {
    delete(shop.warehouse().resolve("sales_hourly/dt=" + FIRST));
    assertThat(clickmill("catalog", "sync", "--dry-run")).contains("1 dropped");
    assertThat(partitions("sales_hourly")).contains("dt=" + FIRST);
    assertThat(clickmill("catalog", "sync")).contains("1 dropped");
    assertThat(partitions("sales_hourly")).doesNotContain("dt=" + FIRST);
    clickmill("pipeline");
    assertThat(partitions("sales_hourly")).contains("dt=" + FIRST);
  }

  @Test
  @Order(6)
  void syncFindsMorePartitionsThanFitAPage() throws Exception {
    var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    for (int day = 1; day <= 25; day++) {
      var statement = new StringBuilder("ALTER TABLE mill.events ADD");
      for (int hour = 0; hour < 24; hour++) {
        statement.append(
            String.format(
                Locale.ROOT,
                " PARTITION (dt='%s', hr='%02d') LOCATION '%s'",
                FIRST.minusDays(day),
                hour,
                elsewhere));
      }
      hive.execute(statement.toString());
    }
    assertThat(clickmill("catalog", "sync", "--dry-run"))
        .contains("0 partitions added, 0 changed, 600 dropped");
    assertThat(clickmill("catalog", "sync")).contains("600 dropped");
    assertThat(partitions("events")).hasSize(48).contains("dt=" + FIRST + "/hr=00");
    assertThat(elsewhere).exists();
  }

  @Test
  @Order(7)
  void publishStandsWithoutTheMetastoreAndTheNextRunRegistersIt() throws Exception {
    var day = FIRST.plusDays(2);
    shop.importGenerated("late", 9, VISITORS, day, 1);
    var run = CompletableFuture.supplyAsync(HiveIT::pipeline);
    var notes = shop.warehouse().resolve("_registrations");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
    while (isEmpty(notes) && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    metastore.kill();
    assertThat(run.get(600, TimeUnit.SECONDS))
        .contains("warning: Cannot register tables in the metastore " + metastore.uri())
        .contains("The next run tries again; 'clickmill catalog sync' does so at once.");
    assertThat(shop.warehouse().resolve("sales/dt=" + day + "/_SUCCESS")).exists();
    assertThat(clickmill("status")).contains("are not registered, the first since");
    metastore.restart();
    assertThat(clickmill("pipeline")).contains("Nothing to do").contains("Metastore: ");
    assertThat(clickmill("status")).doesNotContain("not registered");
    assertThat(notes).isEmptyDirectory();
    hive.close();
    hive = EngineConnection.open(server);
    assertThat(partitions("sales")).contains("dt=" + day);
    assertSameTables();
  }

  private static String pipeline() {
    try {
      return clickmill("pipeline");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every table of the metastore, in Hive and in DuckDB's views. */
  private static void assertSameTables() throws Exception {
    try (var duck = shop.duckDb()) {
      var tables = hive.rows("SHOW TABLES IN " + DATABASE);
      assertThat(tables).hasSizeGreaterThan(20).contains("events", "events_daily", "sales", "clv");
      for (var table : tables) {
        var from = DATABASE + "." + table;
        if (table.equals("events")) {
          Shop.assertSameEvents(duck, HiveIT::rows, from);
        } else {
          Shop.assertSameRows(duck, table, HiveIT::rows, name -> '`' + name + '`', from);
        }
      }
    }
  }

  private static List<String> rows(String query) throws SQLException {
    return hive.rows(query);
  }

  private static String describe(String table, LocalDate day) throws SQLException {
    var rows = hive.rows("DESCRIBE FORMATTED mill." + table + " PARTITION (dt='" + day + "')");
    return rows.stream().map(row -> row.replaceAll(" +", " ")).collect(Collectors.joining("\n"));
  }

  private static List<String> partitions(String table) throws SQLException {
    return hive.rows("SHOW PARTITIONS mill." + table);
  }

  private static String clickmill(String... arguments) throws IOException, InterruptedException {
    return shop.clickmill(arguments);
  }

  private static boolean isEmpty(Path place) throws IOException {
    if (!Files.exists(place)) {
      return true;
    }
    try (var files = Files.list(place)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path place) throws IOException {
    try (var files = Files.walk(place)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
