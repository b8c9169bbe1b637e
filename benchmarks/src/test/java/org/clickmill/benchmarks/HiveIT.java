package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;
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

  @TempDir private static Path folder;

  private static HiveServer metastore;
  private static HiveServer server;
  private static HiveConnection hive;

  @BeforeAll
  static void startHive() throws Exception {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    assumeTrue(
        System.getProperty("clickmill.hive") != null,
        "Skipped: run mvn verify -Dclickmill.hive to start a metastore and HiveServer2");
    metastore = HiveServer.metastore(folder.resolve("metastore"));
    server = HiveServer.hiveServer2(folder.resolve("server"), metastore);
    hive = HiveConnection.open(server);
    generate("raw", 7, FIRST, 2);
    clickmill("import", "--mapping=rees46", "--input=" + folder.resolve("raw"));
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
    for (var statement : statements(script)) {
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
    try (var duck = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(duck, "SET TimeZone = 'UTC'");
      execute(duck, clickmill("ddl", "--engine=duckdb"));
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
    generate("more", 8, FIRST, 1);
    clickmill("import", "--mapping=rees46", "--input=" + folder.resolve("more"));
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
    delete(shop().resolve("sales_hourly/dt=" + FIRST));
    assertThat(clickmill("catalog", "sync", "--dry-run")).contains("1 dropped");
    assertThat(partitions("sales_hourly")).contains("dt=" + FIRST);
    assertThat(clickmill("catalog", "sync")).contains("1 dropped");
    assertThat(partitions("sales_hourly")).doesNotContain("dt=" + FIRST);
    clickmill("pipeline");
    assertThat(partitions("sales_hourly")).contains("dt=" + FIRST);
  }

  @Test
  @Order(6)
  void publishStandsWithoutTheMetastoreAndTheNextRunRegistersIt() throws Exception {
    var day = FIRST.plusDays(2);
    generate("late", 9, day, 1);
    clickmill("import", "--mapping=rees46", "--input=" + folder.resolve("late"));
    var run = CompletableFuture.supplyAsync(HiveIT::pipeline);
    var notes = shop().resolve("_registrations");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
    while (isEmpty(notes) && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    metastore.kill();
    assertThat(run.get(600, TimeUnit.SECONDS))
        .contains("warning: Cannot register tables in the metastore " + metastore.uri())
        .contains("The next run tries again; 'clickmill catalog sync' does so at once.");
    assertThat(shop().resolve("sales/dt=" + day + "/_SUCCESS")).exists();
    assertThat(clickmill("status")).contains("are not registered, the first since");
    metastore.restart();
    assertThat(clickmill("pipeline")).contains("Nothing to do").contains("Metastore: ");
    assertThat(clickmill("status")).doesNotContain("not registered");
    assertThat(notes).isEmptyDirectory();
    hive.close();
    hive = HiveConnection.open(server);
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
    try (var duck = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(duck, "SET TimeZone = 'UTC'");
      execute(duck, clickmill("ddl", "--engine=duckdb"));
      var tables = hive.rows("SHOW TABLES IN " + DATABASE);
      assertThat(tables).hasSizeGreaterThan(20).contains("events", "events_daily", "sales", "clv");
      for (var table : tables) {
        if (table.equals("events")) {
          assertThat(hive.rows("SELECT event_time, product_id, price FROM mill.events"))
              .isEqualTo(
                  EngineRows.of(duck, "SELECT event_time, product_id, price FROM events_daily"));
          continue;
        }
        var columns = EngineRows.of(duck, "SELECT column_name FROM (DESCRIBE " + table + ")");
        var inDuck = columns.stream().map(name -> '"' + name + '"');
        var inHive = columns.stream().map(name -> '`' + name + '`');
        assertThat(
                hive.rows(
                    "SELECT " + inHive.collect(Collectors.joining(", ")) + " FROM mill." + table))
            .as(table)
            .isEqualTo(
                EngineRows.of(
                    duck, "SELECT " + inDuck.collect(Collectors.joining(", ")) + " FROM " + table));
      }
    }
  }

  private static String describe(String table, LocalDate day) throws SQLException {
    var rows = hive.rows("DESCRIBE FORMATTED mill." + table + " PARTITION (dt='" + day + "')");
    return rows.stream().map(row -> row.replaceAll(" +", " ")).collect(Collectors.joining("\n"));
  }

  private static List<String> partitions(String table) throws SQLException {
    return hive.rows("SHOW PARTITIONS mill." + table);
  }

  /** The statements of a script; comments stand on lines of their own. */
  private static List<String> statements(String script) {
    var text =
        script.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    return Arrays.stream(text.split(";", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static void generate(String name, long seed, LocalDate day, int days) throws IOException {
    new GenerateFiles(new Configuration(), FileFormat.CSV, FilePer.DAY, false)
        .run(
            new GeneratorOptions(seed, 400, day, days),
            new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()),
            written -> {});
  }

  private static Path shop() {
    return folder.resolve("shop");
  }

  private static String clickmill(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--warehouse=" + shop());
    all.add("-Dclickmill.metastore.uris=" + metastore.uri());
    all.add("-Dclickmill.metastore.database=" + DATABASE);
    var log = Files.createTempFile(folder, "clickmill", ".log");
    ClickmillCommand.of(Path.of(System.getProperty("clickmill.home")), "", log).run(all);
    return Files.readString(log);
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

  private static void execute(Connection duck, String script) throws SQLException {
    try (var statement = duck.createStatement()) {
      statement.execute(script);
    }
  }
}
