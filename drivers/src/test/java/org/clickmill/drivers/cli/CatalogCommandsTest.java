package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.clickmill.drivers.cli.CatalogShop.succeed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.Engine;
import org.clickmill.drivers.catalog.PartitionRows;
import org.clickmill.drivers.catalog.RowWriter;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.catalog.TablesPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that tell about tables, on a real small warehouse; DuckDB executes its DDL. */
final class CatalogCommandsTest {
  private static final TableCatalog CATALOG = TableCatalog.of(new Configuration(false));
  private static final int WIDTH = 80;

  @TempDir static Path folder;

  private static Path shop;
  private static String warehouse;

  @TempDir Path own;

  @BeforeAll
  static void makeShop() throws IOException {
    shop = folder.resolve("my shop");
    warehouse = "--warehouse=" + shop;
    CatalogShop.make(folder.resolve("raw"), shop);
  }

  @Test
  void tablesAreListedWithTheirKeys() {
    var lines = succeed("tables").out().lines().toList();
    assertThat(lines)
        .anyMatch(line -> line.matches("sales_by_brand +Sales of a brand on a day\\."))
        .anyMatch(line -> line.matches(" +key: dt, value"))
        .noneMatch(line -> line.startsWith("open_sessions"))
        .noneMatch(line -> line.startsWith("sales_weekly"))
        .allMatch(line -> line.length() <= WIDTH);
    assertThat(succeed("tables", "--all").out())
        .contains("open_sessions", "internal; key: dt, visitor", "sales_weekly")
        .contains("not asked for by the settings");
  }

  @Test
  void tablesAreListedAsJson() throws IOException {
    var tables = new ObjectMapper().readTree(succeed("tables", "--all", "--json").out());
    assertThat(tables).hasSize(CATALOG.all().size());
    for (var table : tables) {
      if (table.get("table").asText().equals("clv_model")) {
        assertThat(table.get("key")).hasToString("[\"dt\",\"cohort\"]");
      }
      if (table.get("table").asText().equals("rejects")) {
        assertThat(table.get("key").isNull()).isTrue();
      }
    }
  }

  @Test
  void unknownTableIsNamedBesideThoseThereAre() {
    for (var command : List.of("describe", "show", "explain", "diff")) {
      var run = CommandRun.of(command, "sale", warehouse);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .startsWith(
              "clickmill "
                  + command
                  + ": Cannot find table 'sale'. Did you mean sales? Tables: events, ")
          .contains(", sales_by_brand, ");
    }
    assertThat(CommandRun.of("ddl", "--engine=hive", "sale", warehouse).err())
        .startsWith("clickmill ddl: Cannot find table 'sale'. Did you mean sales? Tables: ");
  }

  @Test
  void everyTableIsDescribedInEightyColumns() {
    for (var table : CATALOG.all()) {
      assertThat(succeed("describe", table.name()).out().lines())
          .as(table.name())
          .allMatch(line -> line.length() <= WIDTH);
    }
  }

  @Test
  void descriptionSaysWhatIsThereAndWhatItIsMadeFrom() {
    var text = succeed("describe", "top_products", warehouse).out();
    assertThat(text)
        .startsWith(
            "top_products: One of the most viewed products of a day.\n\nkey          dt, rank\n")
        .contains("\npartitions   One a day.\n")
        .contains("\nmade from    view_counts of the same day\n")
        .contains("\nwritten by   top-products, pipeline\n")
        .contains("\nsetting      clickmill.top-products.limit = 100\n")
        .contains("\npublished    3 partitions, dt=2019-10-01 to dt=2019-10-03, ")
        .containsPattern("\nbrand +string +yes +Brand of the product's last event that day\\.\n");
    assertThat(succeed("describe", "customers").out())
        .contains("customer_days of all days up to dt", "used for     clv, clv_model")
        .contains("A snapshot of the last day asked for; older ones stay.")
        .containsPattern("\nuser_id +string +no +Personal\\. The customer\\.\n");
    assertThat(succeed("describe", "sales_weekly").out())
        .contains(
            "The settings do not ask for it.", "events_daily of the days of the week or month");
  }

  @Test
  void columnsOfADescriptionAreJsonToo() throws IOException {
    var json = json("describe", "events", "--json", warehouse);
    assertThat(json.at("/published/partitions").asInt()).isEqualTo(72);
    assertThat(json.at("/columns/0/name").asText()).isEqualTo("dt");
    assertThat(json.at("/columns/2/type").asText()).isEqualTo("timestamp");
  }

  @Test
  void latestDayIsShownAsATable() {
    var run = succeed("show", "sales", warehouse);
    var lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("order_lines +free_lines .* dt");
    assertThat(lines.get(1)).endsWith("  2019-10-03").doesNotContain("NULL");
    assertThat(run.err()).isEqualTo("(sales/dt=2019-10-03, version 1: 1 of 1 rows)\n");
  }

  @Test
  void rowsOfADayAreShownUpToTheLimit() {
    var run =
        succeed(
            "show",
            "top_products",
            "--day=2019-10-02",
            "--limit=2",
            "--columns=dt,rank,views,visitors",
            warehouse);
    assertThat(run.out().lines().toList())
        .hasSize(3)
        .element(1)
        .asString()
        .matches("2019-10-02 +1 +\\d+ +\\d+");
    assertThat(run.err()).matches("\\(top_products/dt=2019-10-02, version 1: 2 of \\d+ rows\\)\n");
  }

  @Test
  void dayOfAWeekFindsItsPartition() {
    var run = succeed("show", "sales_weekly", "--day=2019-10-03", "--columns=dt", warehouse);
    assertThat(run.out()).isEqualTo("dt\n2019-09-30\n");
  }

  @Test
  void hoursOfADayAreShownOneAfterTheOther() {
    var run =
        succeed(
            "show", "events", "--columns=hr,event_time", "--limit=0", "--format=csv", warehouse);
    var rows = run.out().lines().skip(1).toList();
    assertThat(rows)
        .hasSizeGreaterThan(100)
        .isSortedAccordingTo((a, b) -> a.substring(0, 2).compareTo(b.substring(0, 2)));
    assertThat(rows)
        .allMatch(row -> row.matches("(\\d\\d),2019-10-03T\\1:\\d\\d:\\d\\d(\\.\\d+)?Z"));
  }

  @Test
  void csvHoldsBytesNullsAndQuotes() {
    var run = succeed("show", "rejects", "--format=csv", warehouse);
    var raw =
        Base64.getEncoder()
            .encodeToString(
                "2019-10-03 10:00:00 UTC,view,1,2,apparel.shoes,\"Ann, é\",cheap,7,s-7"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(run.out().lines().toList())
        .hasSize(2)
        .element(1)
        .asString()
        .startsWith("byte 92: field price: 'cheap' is not a number,raw/2019-10-03-bad.csv,,92,")
        .contains(",92," + raw + ",20");
    assertThat(succeed("show", "rejects", warehouse).out())
        .contains("NULL", "2019-10-03 10:00:00 UTC");
  }

  @Test
  void jsonIsAnArrayOfExactValues() throws IOException {
    for (var option : List.of("--json", "--format=json")) {
      var run = succeed("show", "customers", "--limit=3", option, warehouse);
      var rows = new ObjectMapper().readTree(run.out());
      assertThat(rows).hasSize(3);
      assertThat(run.out()).containsPattern("\"revenue\":-?\\d+\\.\\d{4},");
      assertThat(rows.get(0).get("first_day").asText()).startsWith("2019-10-0");
      assertThat(rows.get(0).get("returns_only").isBoolean()).isTrue();
      assertThat(run.err()).isEmpty();
    }
    assertThat(json("show", "clv_model", "--json", warehouse).at("/0/p").isNull()).isTrue();
  }

  @Test
  void whatCannotBeShownIsNamed() {
    assertFailed(
        3,
        "Cannot show table sales: no partition dt=2019-10-09; there are 3 from dt=2019-10-01 to"
            + " dt=2019-10-03",
        "show",
        "sales",
        "--day=2019-10-09");
    assertFailed(
        2,
        "Cannot find column 'vews' of table view_counts. Columns: product_id, brand,"
            + " category_code, views, visitors, visitors_sketch, dt",
        "show",
        "view_counts",
        "--columns=vews");
    assertFailed(
        2, "Invalid value of --limit: -1 (expected 0 or more)", "show", "sales", "--limit=-1");
    assertFailed(
        2,
        "Invalid options: --json and --format csv exclude each other",
        "show",
        "sales",
        "--json",
        "--format=csv");
  }

  @Test
  void viewsOfDuckDbHaveTheRowsThatTheReaderShows() throws Exception {
    try (var duck = duckDb()) {
      for (var table : tables()) {
        if (table.isAvro()) {
          continue;
        }
        var name = "\"mill\".\"" + table.name() + "\"";
        assertThat(rows(duck, "SELECT column_name, column_type FROM (DESCRIBE " + name + ")"))
            .as(table.name())
            .isEqualTo(declared(table));
        var expected = new ArrayList<List<Object>>();
        var reader = new PartitionRows(SmallShop.warehouse(shop), table, List.of());
        reader.print(
            SmallShop.warehouse(shop).manifests(table.name(), null, null).keySet(),
            Long.MAX_VALUE,
            collecting(expected));
        assertThat(expected).as(table.name()).isNotEmpty();
        assertThat(rows(duck, "SELECT * FROM " + name))
            .as(table.name())
            .containsExactlyInAnyOrderElementsOf(comparable(expected));
      }
    }
  }

  /** What is declared as a key is one, in every partition of every table. */
  @Test
  void keysIdentifyRows() throws Exception {
    try (var duck = duckDb()) {
      for (var table : tables()) {
        if (table.key().isEmpty()) {
          continue;
        }
        var keys = new ArrayList<List<Object>>();
        new PartitionRows(SmallShop.warehouse(shop), table, table.key().get())
            .print(
                SmallShop.warehouse(shop).manifests(table.name(), null, null).keySet(),
                Long.MAX_VALUE,
                collecting(keys));
        assertThat(new HashSet<>(keys)).as(table.name()).hasSameSizeAs(keys);
        if (!table.isAvro()) {
          var columns =
              table.key().get().stream()
                  .map(key -> '"' + key + '"')
                  .collect(Collectors.joining(", "));
          assertThat(
                  rows(
                      duck,
                      "SELECT count(*) - count(DISTINCT row("
                          + columns
                          + ")) FROM \"mill\".\""
                          + table.name()
                          + '"'))
              .as(table.name())
              .isEqualTo(List.of(List.of((Object) 0L)));
        }
      }
    }
  }

  @Test
  void descriptionsReachDuckDb() throws Exception {
    try (var duck = duckDb()) {
      assertThat(
              rows(
                  duck,
                  "SELECT comment FROM duckdb_columns() WHERE table_name = 'sales' AND"
                      + " column_name = 'revenue'"))
          .isEqualTo(
              List.of(
                  List.of(
                      (Object) "Net revenue: gross_revenue - returned_revenue + adjustments, in the"
                          + " shop's currency.")));
    }
  }

  @Test
  void tableWithoutPartitionsIsLeftOutAndRefusedByName() {
    var before = own.resolve("before");
    succeed(
        "import", "--mapping=rees46", "--input=" + folder.resolve("raw"), "--warehouse=" + before);
    var run = succeed("ddl", "--engine=duckdb", "--warehouse=" + before);
    assertThat(run.out())
        .contains("-- sales is left out: it has no partition yet\n")
        .contains("-- events is left out: its files are Avro;")
        .contains("CREATE OR REPLACE VIEW \"rejects\" AS\n");
    assertThat(CommandRun.of("ddl", "--engine=hive", "sales", "--warehouse=" + before).err())
        .isEqualTo("clickmill ddl: Cannot declare table sales to hive: it has no partition yet\n");
    var named = CommandRun.of("ddl", "--engine=duckdb", "events", "--warehouse=" + before);
    assertThat(named.exitCode()).isEqualTo(2);
    assertThat(named.err())
        .isEqualTo(
            "clickmill ddl: Cannot declare table events to duckdb: its files are Avro; events_daily"
                + " has the same events as Parquet\n");
  }

  @Test
  void statementsNameTheFolderAndThePartitions() {
    assertThat(succeed("ddl", "--engine=hive", "--database=mill", "top_products", warehouse).out())
        .contains("CREATE DATABASE IF NOT EXISTS `mill`;\n")
        .contains(
            "CREATE EXTERNAL TABLE IF NOT EXISTS `mill`.`top_products` (\n  `rank` INT COMMENT ")
        .contains("Brand of the product\\'s last event that day.")
        .contains("PARTITIONED BY (\n  `dt` STRING COMMENT ")
        .contains("STORED AS PARQUET\nLOCATION 'file:" + shop + "/top_products';\n")
        .endsWith("MSCK REPAIR TABLE `mill`.`top_products` SYNC PARTITIONS;\n");
    assertThat(succeed("ddl", "--engine=spark", "sales", warehouse).out())
        .contains(
            "CREATE TABLE IF NOT EXISTS `sales` (\n", "USING PARQUET\nPARTITIONED BY (`dt`)\n");
    assertThat(succeed("ddl", "--engine=trino", "events", "--database=lake.mill", warehouse).out())
        .contains("CREATE SCHEMA IF NOT EXISTS \"lake\".\"mill\";\n")
        .contains("  format = 'AVRO',\n  partitioned_by = ARRAY['dt', 'hr'],\n")
        .endsWith("CALL \"lake\".system.sync_partition_metadata('mill', 'events', 'FULL');\n");
  }

  @Test
  void engineOrFormatIsAskedFor() {
    assertFailed(
        2, "Missing option: --engine hive, spark, trino or duckdb (or --format dbt)", "ddl");
    assertFailed(
        2,
        "Invalid options: --engine is for --format sql, not dbt",
        "ddl",
        "--format=dbt",
        "--engine=hive");
  }

  @Test
  void sourcesOfDbtHaveTestsAndMarks() {
    var yaml = succeed("ddl", "--format=dbt", "--database=mill", "sales_by_brand", "clv").out();
    assertThat(yaml)
        .contains("  - name: clickmill\n    schema: \"mill\"\n    tables:\n")
        .contains(
            """
                  - name: sales_by_brand
                    description: "Sales of a brand on a day."
                    data_tests:
                      - dbt_utils.unique_combination_of_columns:
                          combination_of_columns: [dt, value]
            """)
        .contains(
            """
                      - name: user_id
                        description: "The customer."
                        data_type: "string"
                        meta: {personal: true}
                        data_tests: [not_null]
            """)
        .contains(
            """
                        data_type: "double"
                        meta: {personal: false}
            """);
  }

  @Test
  void freshPartitionIsExplained() throws IOException {
    var text = succeed("explain", "top_products", warehouse).out();
    assertThat(text)
        .startsWith("top_products/dt=2019-10-03: fresh\n\nrows are   One of the most viewed")
        .contains("\nmade by    top-products, logic version 1, Clickmill ")
        .contains("\nsetting    clickmill.top-products.limit = 100\n")
        .contains("\nmade from  view_counts/dt=2019-10-03, version 1\n")
        .contains(
            "\nversion  revision  published                     rows  run\n      1         1  ");
    assertThat(succeed("explain", "events_daily", "--day=2019-10-02", warehouse).out())
        .contains(
            "\nmade from  events/dt=2019-10-02/hr=00 to dt=2019-10-02/hr=23, version 1 (24\n"
                + "           partitions)\n");
    var hour = json("explain", "events/dt=2019-10-02/hr=07", "--json", warehouse);
    assertThat(hour.at("/state").asText()).isEqualTo("published");
    assertThat(hour.at("/manifest/sources/0/identity").asText()).endsWith(".csv");
  }

  @Test
  void stalePartitionSaysWhyAndItsHistoryWhatItReplaced() throws IOException {
    var copy = own.resolve("shop");
    CatalogShop.copy(shop, copy);
    var limit = "clickmill.top-products.limit=2";
    var stale = succeed("explain", "top_products", "-D", limit, "--warehouse=" + copy).out();
    assertThat(stale.replace("\n", " "))
        .startsWith(
            "top_products/dt=2019-10-03: stale (setting changed: clickmill.top-products.limit from"
                + " 100 to 2)");
    succeed("top-products", "-D", limit, "--warehouse=" + copy);
    var renewed = json("explain", "top_products", "-D", limit, "--json", "--warehouse=" + copy);
    assertThat(renewed.at("/state").asText()).isEqualTo("fresh");
    assertThat(renewed.at("/history")).hasSize(2);
    assertThat(renewed.at("/history/0/version").asInt()).isEqualTo(2);
    assertThat(renewed.at("/history/0/changes/0").asText())
        .isEqualTo("clickmill.top-products.limit from 100 to 2");
    assertThat(renewed.at("/history/1/replaced").asText())
        .endsWith("/_trash/top_products/dt=2019-10-03/r1");
    assertThat(succeed("explain", "top_products", "--warehouse=" + copy).out())
        .contains("           since clickmill.top-products.limit from 100 to 2\n")
        .contains("           replaced, in file:");
  }

  @Test
  void versionsOfAPartitionAreCompared() throws IOException {
    var copy = own.resolve("shop");
    CatalogShop.copy(shop, copy);
    var there = "--warehouse=" + copy;
    var alone = CommandRun.of("diff", "top_products", "2019-10-03", there);
    assertThat(alone.exitCode()).isEqualTo(1);
    assertThat(alone.err())
        .startsWith(
            "clickmill diff: Cannot compare versions of top_products/dt=2019-10-03: only version 1"
                + " is there. What was replaced stays in the trash for 24 hours"
                + " (clickmill.trash.keep-hours)");
    succeed("top-products", "-D", "clickmill.top-products.limit=2", there);
    var text = succeed("diff", "top_products", "2019-10-03", "--limit=1", there);
    assertThat(text.out())
        .containsPattern("^change +version +changed_columns +rank +product_id ")
        .containsPattern("\nremoved +1 +NULL +3 ");
    assertThat(text.err())
        .containsPattern("version 1 to 2: 0 rows added, [0-9]+ removed, 0 changed");
    var rows = json("diff", "top_products/dt=2019-10-03", "--versions=2,1", "--json", there);
    assertThat(rows).hasSizeGreaterThan(1);
    assertThat(rows.at("/0/change").asText()).isEqualTo("added");
    assertThat(rows.at("/0/version").asInt()).isEqualTo(1);
    assertThat(succeed("diff", "top_products", "2019-10-03", "--format=csv", there).out())
        .startsWith("change,version,changed_columns,rank,");

    var gone = CommandRun.of("diff", "top_products", "2019-10-03", "--versions=2,7", there);
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err())
        .contains(
            "Cannot find version 7 of top_products/dt=2019-10-03: there are versions 2, 1. What was"
                + " replaced stays in the trash for 24 hours");
    assertFailed(
        2,
        "Invalid value of --versions: expected two that differ, as 3,4",
        "diff",
        "sales",
        "2019-10-03",
        "--versions=1,1");
    assertFailed(2, "Missing day: clickmill diff sales YYYY-MM-DD", "diff", "sales");
    assertThat(CommandRun.of("diff", "sales", "2019-10-03", "--columns=revenu", there).err())
        .startsWith(
            "clickmill diff: Cannot find column 'revenu' of table sales. Did you mean revenue?"
                + " Columns: order_lines, ");
    assertFailed(
        3,
        "Cannot compare versions of sales/dt=2019-10-09: nothing of it is published",
        "diff",
        "sales",
        "2019-10-09");
  }

  @Test
  void partitionThatIsNotThereIsExplainedOrRefused() {
    assertThat(succeed("explain", "sales", "--day=2019-10-04", warehouse).out().replace("\n", " "))
        .startsWith("sales/dt=2019-10-04: not ready (missing input: events_daily/dt=2019-10-04)");
    assertFailed(
        3,
        "Cannot find partition events/dt=2019-10-04/hr=01: it is not published, and nothing is"
            + " known of its day",
        "explain",
        "events/dt=2019-10-04/hr=01");
    assertFailed(
        2,
        "Invalid partition: sales/2019-10-04 (expected sales/dt=YYYY-MM-DD)",
        "explain",
        "sales/2019-10-04");
    assertFailed(
        2,
        "Invalid partition: events/dt=2019-10-04 (expected events/dt=YYYY-MM-DD/hr=HH)",
        "explain",
        "events",
        "--day=2019-10-04");
    assertFailed(
        2,
        "Invalid options: --day goes with a table, not sales/dt=2019-10-04",
        "explain",
        "sales/dt=2019-10-04",
        "--day=2019-10-04");
  }

  @Test
  void committedReferenceIsTheOneThatIsGenerated() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "tables.md")))
        .as("regenerate it: ./clickmill tables --markdown > docs/tables.md")
        .isEqualTo(TablesPage.markdown(CATALOG) + "\n");
  }

  /** Hive's metastore keeps 256 characters, in a database that may know Latin-1 only. */
  @Test
  void descriptionsFitEveryMetastore() {
    for (var table : CATALOG.all()) {
      assertThat(table.text()).as(table.name()).matches("[ -~]{5,250}");
      for (var column : table.columns()) {
        assertThat(column.text())
            .as(table.name() + "." + column.name())
            .matches("[ -~]{5,250}")
            .endsWith(".");
      }
    }
  }

  private static List<CatalogTable> tables() {
    // Live tables are there only where topics are loaded, identities where visitors have ids, and a
    // calibration where there are weeks to hold out.
    return CATALOG.all().stream()
        .filter(table -> !table.name().startsWith("live_") && !table.name().equals("identities"))
        .filter(table -> !table.name().equals("clv_calibration"))
        .toList();
  }

  private static Connection duckDb() throws SQLException {
    var names = new ArrayList<>(List.of("ddl", "--engine=duckdb", "--database=mill", warehouse));
    tables().stream().filter(table -> !table.isAvro()).forEach(table -> names.add(table.name()));
    var script = succeed(names.toArray(String[]::new)).out();
    var duck = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(script);
    }
    return duck;
  }

  private static List<List<Object>> declared(CatalogTable table) {
    var ddl = Engine.DUCKDB.ddl();
    var columns = new ArrayList<List<Object>>();
    table.columns().forEach(column -> columns.add(List.of(column.name(), ddl.type(column.type()))));
    table.partitions().forEach(key -> columns.add(List.of(key.name(), "VARCHAR")));
    return columns;
  }

  private static List<List<Object>> rows(Connection duck, String query) throws SQLException {
    var rows = new ArrayList<List<Object>>();
    try (var statement = duck.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        var row = new ArrayList<Object>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(comparable(result.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<List<Object>> comparable(List<List<Object>> rows) throws SQLException {
    var all = new ArrayList<List<Object>>();
    for (var row : rows) {
      var values = new ArrayList<Object>();
      for (var value : row) {
        values.add(comparable(value));
      }
      all.add(values);
    }
    return all;
  }

  /** Whole numbers as Long, times as Instant, bytes as Base64. */
  private static Object comparable(Object value) throws SQLException {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof BigDecimal amount) {
      return amount.toPlainString();
    }
    var bytes =
        value instanceof Blob blob
            ? blob.getBytes(1, (int) blob.length())
            : value instanceof byte[] array ? array : null;
    return bytes == null ? value : Base64.getEncoder().encodeToString(bytes);
  }

  private static RowWriter collecting(List<List<Object>> rows) {
    return new RowWriter() {
      @Override
      public void begin(List<String> columns) {}

      @Override
      public void write(List<Object> row) {
        rows.add(row);
      }

      @Override
      public void check() {}

      @Override
      public void end() {}
    };
  }

  private static JsonNode json(String... arguments) throws IOException {
    return new ObjectMapper().readTree(succeed(arguments).out());
  }

  private static void assertFailed(int exitCode, String message, String... arguments) {
    var words = new ArrayList<>(List.of(arguments));
    words.add(warehouse);
    var run = CommandRun.of(words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).isEqualTo("clickmill " + arguments[0] + ": " + message + "\n");
  }
}
