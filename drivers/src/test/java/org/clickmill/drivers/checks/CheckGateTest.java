package org.clickmill.drivers.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.pipeline.PublishGate.Judged;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.Accepted;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.kernel.Outcome.Refused;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of check, on partitions that are staged as a step stages them. */
final class CheckGateTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final String EVENTS = Datasets.EVENTS_DAILY;

  @TempDir private Path folder;

  private LocalWarehouse local;
  private Run run;

  @BeforeEach
  void open() throws IOException {
    local = new LocalWarehouse(folder);
    run = local.run().step("test");
  }

  @Test
  void tooManyNullsStopADay() throws Exception {
    var check = "null-share: {column: product_id, most: 0.4}";
    assertPasses(check, event("product_id", "a"), event("product_id", "b"), event());
    assertThat(stop(check, event("product_id", "a"), event()))
        .isEqualTo(
            "1 of 2 rows have no product_id, a share of 0.5000 where at most 0.4 is allowed");
    assertThat(results())
        .containsExactly(
            "events_daily c null-share fail stopped 0.5 null 0.4 1 of 2 rows have no product_id, a"
                + " share of 0.5000 where at most 0.4 is allowed null");
  }

  @Test
  void repeatedKeyStopsADayHoweverManyFilesItHas() throws Exception {
    var check = "unique: [product_id, user_id]";
    assertPasses(
        check,
        event("product_id", "a", "user_id", "bc"),
        event("product_id", "ab", "user_id", "c"),
        event("product_id", "a"),
        event("user_id", "a"));
    assertThat(
            stop(
                check,
                event("product_id", "a", "user_id", "b"),
                event("product_id", "a"),
                event("product_id", "a", "user_id", "b"),
                event("product_id", "a", "user_id", "b")))
        .isEqualTo("2 of 4 rows repeat another's product_id, user_id");
  }

  @Test
  void valueOutOfRangeStopsADay() throws Exception {
    var check = "range: {column: price, least: 0, most: 99.5}";
    assertPasses(check, event("price", 0L), event("price", 995_000L), event());
    assertPasses(check);
    assertThat(stop(check, event("price", -1L), event("price", 5L)))
        .isEqualTo("price is from -0.0001 to 0.0005 where at least 0 and at most 99.5 is allowed");
    assertThat(stop(check, event("price", 995_001L)))
        .isEqualTo("price is from 99.5001 to 99.5001 where at least 0 and at most 99.5 is allowed");
  }

  @Test
  void dayWhoseEveningIsMissingIsStopped() throws Exception {
    var check = "freshness: {column: event_time, within: 2h}";
    assertPasses(check, event(), event("event_time", at("22:00:00")));
    assertThat(stop(check, event(), event("event_time", at("21:59:59"))))
        .isEqualTo(
            "the newest event_time is 2019-10-01T21:59:59Z, 120 minutes before the end where at"
                + " most 120 are allowed");
  }

  @Test
  void ordersAreComparedWithThoseOfTheShop() throws Exception {
    var orders = folder.resolve("orders.csv");
    Files.writeString(
        orders,
        """
        order_date,id,total
        2019-10-01 08:00:00,A-1,10.50
        2019-10-01 08:00:00,A-1,2
        2019-10-01 23:59:59,"A,2",0.0025
        2019-10-02 00:00:00,A-3,100
        """);
    var check =
        "reconciliation: {file: %s, day: order_date, order: id, amount: total}".formatted(orders);
    assertThat(judge("sales", check, DAY, sale(2, 125_025)).stopped()).isEmpty();
    assertThat(stopped(judge("sales", check, DAY, sale(3, 125_025))))
        .isEqualTo(
            "sales/dt=2019-10-01: check c: 3 orders where %s has 2, and revenue of 12.5025 where it"
                    .formatted(orders)
                + " has 12.5025");
    assertThat(stopped(judge("sales", check, DAY, sale(2, 125_026))))
        .contains("revenue of 12.5026 where it has 12.5025");
    assertThat(
            judge("sales", check.replace("}", ", tolerance: 0.5}"), DAY, sale(3, 125_025))
                .stopped())
        .isEmpty();
    assertThat(stopped(judge("sales", check, DAY.plusDays(2), sale(1, 0))))
        .contains("1 orders where", "has 0");
  }

  @Test
  void eachDayMayHaveAFileOfOrders() throws Exception {
    try (var out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(folder.resolve("orders-2019-10-01.csv.gz"))),
            StandardCharsets.UTF_8)) {
      out.write("id\nA-1\nA-2\nA-1\n");
    }
    var check = "reconciliation: {file: '%s/orders-{day}.csv.gz', order: id}".formatted(folder);
    assertThat(judge("sales", check, DAY, sale(2, 7)).stopped()).isEmpty();
    assertThat(stopped(judge("sales", check, DAY.plusDays(1), sale(2, 7))))
        .isEqualTo(
            "sales/dt=2019-10-02: check c: missing file %s/orders-2019-10-02.csv.gz"
                .formatted(folder));
  }

  @Test
  void badFileOfOrdersIsNamedWithLineAndColumn() throws Exception {
    var orders = folder.resolve("orders.csv");
    var check = "reconciliation: {file: %s, day: on, order: id, amount: total}".formatted(orders);
    for (var bad :
        Map.of(
                "on,id\n",
                "line 1, column total: no such column (there are on, id)",
                "on,id,total\n2019-10-01,1,ten\n",
                "line 2, column total: 'ten' (expected an amount with at most 4 decimals)",
                "on,id,total\n1.10.2019,1,1\n",
                "line 2, column on: '1.10.2019' (expected a day as 2019-10-01)",
                "on,id,total\n2019-10-01,1\n",
                "line 2: a line of other than the 3 fields of the header",
                "",
                "line 1: it is empty; expected a header")
            .entrySet()) {
      Files.writeString(orders, bad.getKey());
      assertThatThrownBy(() -> judge("sales", check, DAY, sale(2, 7)))
          .hasMessage(
              "Invalid file of orders file:%s, %s", orders.toAbsolutePath(), bad.getValue());
    }
  }

  @Test
  void dayWithTooFewRowsIsStoppedAndNotComparedWith() throws Exception {
    var check = "row-count: {least: 0.6, most: 2}";
    var staged = new ArrayList<StagedPartition>();
    var first = DAY.minusWeeks(4);
    for (int week = 0; week < 4; week++) {
      staged.add(stage(EVENTS, first.plusWeeks(week), events(10)));
    }
    staged.add(stage(EVENTS, DAY, events(5)));
    staged.add(stage(EVENTS, DAY.plusWeeks(1), events(6)));
    staged.add(stage(EVENTS, DAY.plusWeeks(2), events(18)));
    var judged = gate(EVENTS, check, Acceptance.NONE).judge(run, staged);
    assertThat(judged.stopped())
        .extracting(Refused::reason)
        .containsExactly(
            "events_daily/dt=2019-10-01: check c: 5 rows, which is 0.50 of the 10 expected (the last"
                + " same weekdays, at the level of the last two weeks)");
    assertThat(judged.passed()).hasSize(6);
    assertThat(results())
        .extracting(row -> row.split(" ", -1)[4])
        .containsExactly("not", "not", "not", "not", "stopped", "passed", "passed");
  }

  @Test
  void closedDayIsNotJudged() throws Exception {
    for (int week = 1; week <= 4; week++) {
      publish(stage(EVENTS, DAY.minusWeeks(week), events(10)));
    }
    assertThat(stop("row-count: {least: 0.6}"))
        .startsWith("0 rows, which is 0.00 of the 10 expected");
    assertPasses("row-count: {least: 0.6, closed: [2019-10-01]}");
  }

  @Test
  void warningDoesNotStop() throws Exception {
    var judged =
        judge(EVENTS, "range: {column: price, least: 1}, severity: warn", DAY, event("price", 1L));
    assertThat(judged.stopped()).isEmpty();
    assertThat(judged.warnings())
        .containsExactly(
            "events_daily/dt=2019-10-01: check c: price is from 0.0001 to 0.0001 where at least 1 is"
                + " allowed");
    assertThat(results().get(0)).contains(" warn warned ");
  }

  @Test
  void acceptedCheckIsInTheManifestAndStaysAcceptedForTheSameRows() throws Exception {
    var check = "range: {column: price, least: 1}";
    var acceptance = new Acceptance(List.of("c"), "a test day");
    var judged =
        gate(EVENTS, check, acceptance)
            .judge(run, List.of(stage(EVENTS, DAY, List.of(event("price", 1L)))));
    var accepted = new Accepted("c", "a test day", run.id());
    assertThat(judged.passed())
        .extracting(StagedPartition::accepted)
        .containsExactly(List.of(accepted));
    assertThat(results().get(0)).contains(" accepted ").endsWith(" a test day");
    publish(judged.passed().get(0));
    assertThat(local.manifests(EVENTS).get(Partition.ofDay(EVENTS, DAY)).accepted())
        .containsExactly(accepted);

    run = local.run().step("again");
    var again = judge(EVENTS, check, DAY, event("price", 1L));
    assertThat(again.passed())
        .extracting(StagedPartition::accepted)
        .containsExactly(List.of(accepted));
    run = local.run().step("changed");
    assertThat(judge(EVENTS, check, DAY, event("price", 2L)).stopped()).hasSize(1);
  }

  @Test
  void rowsThatArePublishedAlreadyAreNotStopped() throws Exception {
    publish(stage(EVENTS, DAY, List.of(event("price", 1L))));
    run = local.run().step("again");
    var judged = judge(EVENTS, "range: {column: price, least: 1}", DAY, event("price", 1L));
    assertThat(judged.stopped()).isEmpty();
    assertThat(judged.warnings()).hasSize(1);
  }

  @Test
  void whatWasMadeFromAStoppedPartitionIsStoppedToo() throws Exception {
    var bad = stage(EVENTS, DAY, List.of(event("price", 1L)));
    var good = stage(EVENTS, DAY.plusDays(1), List.of(event("price", 10_000L)));
    var made = from(stage("sales", DAY, List.of(sale(1, 1))), bad);
    var other = from(stage("sales", DAY.plusDays(1), List.of(sale(1, 1))), good);
    var judged =
        gate(EVENTS, "range: {column: price, least: 1}", Acceptance.NONE)
            .judge(run, List.of(bad, good, made, other));
    assertThat(judged.passed())
        .extracting(StagedPartition::partition)
        .containsExactly(good.partition(), other.partition());
    assertThat(judged.stopped())
        .extracting(Refused::reason)
        .last()
        .isEqualTo("sales/dt=2019-10-01: it was made from events_daily/dt=2019-10-01");
  }

  @Test
  void resultsOfOtherTablesStayAndTheSameResultsChangeNothing() throws Exception {
    judge("sales", "range: {column: orders, least: 1}", DAY, sale(1, 1));
    judge(EVENTS, "range: {column: price, least: 1}", DAY, event("price", 1L));
    assertThat(results()).hasSize(2);
    var before = local.manifests(Datasets.DATA_QUALITY);
    run = local.run().step("again");
    judge(EVENTS, "range: {column: price, least: 1}", DAY, event("price", 1L));
    assertThat(local.manifests(Datasets.DATA_QUALITY)).isEqualTo(before);
  }

  @Test
  void acceptedCheckMustExist() {
    assertThatThrownBy(
            () -> gate(EVENTS, "unique: [price]", new Acceptance(List.of("d"), "why not")))
        .hasMessage("Invalid value of --accept-check: there is no check 'd'. Did you mean c?");
  }

  private static StagedPartition from(StagedPartition staged, StagedPartition input) {
    return new StagedPartition(
        staged.partition(),
        staged.baseRevision(),
        staged.files(),
        staged.fingerprint(),
        List.of(Input.of(input.partition(), 1)),
        staged.analysis(),
        staged.logicVersion(),
        staged.settings(),
        staged.counts(),
        staged.sources());
  }

  @SafeVarargs
  private void assertPasses(String check, Map<String, Object>... rows) throws Exception {
    assertThat(judge(EVENTS, check, DAY, rows).stopped()).isEmpty();
  }

  /** What stops a day of events. */
  @SafeVarargs
  private String stop(String check, Map<String, Object>... rows) throws Exception {
    var text = stopped(judge(EVENTS, check, DAY, rows));
    assertThat(text).startsWith("events_daily/dt=2019-10-01: check c: ");
    return text.substring("events_daily/dt=2019-10-01: check c: ".length());
  }

  private static String stopped(Judged judged) {
    assertThat(judged.passed()).isEmpty();
    assertThat(judged.stopped()).hasSize(1);
    return judged.stopped().get(0).reason();
  }

  @SafeVarargs
  private Judged judge(String table, String check, LocalDate day, Map<String, Object>... rows)
      throws Exception {
    return gate(table, check, Acceptance.NONE)
        .judge(run, List.of(stage(table, day, List.of(rows))));
  }

  private CheckGate gate(String table, String check, Acceptance acceptance) {
    var yaml = "checks: [{name: c, table: " + table + ", " + check + "}]";
    var tables = Suite.entries(local.configuration()).stream().map(Entry::table).toList();
    var checks = CheckYaml.read(new CheckText("checks.yaml", yaml), tables, local.configuration());
    return new CheckGate(new Checks(checks), acceptance);
  }

  private static Map<String, Object> event(Object... values) {
    var event = new TreeMap<String, Object>();
    event.put("event_time", at("01:00:00"));
    event.put("event_type", "view");
    for (int i = 0; i < values.length; i += 2) {
      event.put((String) values[i], values[i + 1]);
    }
    return event;
  }

  private static List<Map<String, Object>> events(int number) {
    var events = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < number; i++) {
      events.add(event());
    }
    return events;
  }

  private static Map<String, Object> sale(long orders, long revenue) {
    return Map.of("orders", orders, "revenue", revenue);
  }

  private static long at(String time) {
    return Instant.parse(DAY + "T" + time + "Z").toEpochMilli();
  }

  /** In two files. */
  private StagedPartition stage(String table, LocalDate day, List<Map<String, Object>> rows)
      throws IOException {
    var partition = Partition.ofDay(table, day);
    var schema = TableCatalog.of(local.configuration()).named(table).schema();
    var target = run.warehouse().stagingOf(run.id(), partition);
    run.warehouse().fileSystem().delete(target, true);
    int half = (rows.size() + 1) / 2;
    var first = write(new org.apache.hadoop.fs.Path(target, "a"), schema, rows.subList(0, half));
    var second =
        write(new org.apache.hadoop.fs.Path(target, "b"), schema, rows.subList(half, rows.size()));
    var published = run.warehouse().manifest(partition);
    return new StagedPartition(
        partition,
        published.map(manifest -> manifest.revision()).orElse(0),
        List.of(first.files().get(0), second.files().get(0)),
        first.fingerprint().plus(second.fingerprint()),
        List.of(),
        "test",
        1,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of());
  }

  private StagedContent write(
      org.apache.hadoop.fs.Path file, TableSchema schema, List<Map<String, Object>> rows)
      throws IOException {
    try (var writer =
        ParquetTableWriter.open(
            run.warehouse().fileSystem(), file, schema, local.configuration())) {
      var row = new Row(schema);
      for (var values : rows) {
        row.clear();
        for (int i = 0; i < schema.columns().size(); i++) {
          var column = schema.columns().get(i);
          var value = values.get(column.name());
          if (value instanceof String text) {
            row.setText(i, text);
          } else if (value instanceof Long number) {
            row.setLong(i, number);
          } else if (!column.nullable()) {
            setZero(row, i, column.type());
          }
        }
        writer.write(row);
      }
      return StagedContent.of(writer.finish());
    }
  }

  private static void setZero(Row row, int ordinal, TableSchema.Type type) {
    if (type.isBytes()) {
      row.setText(ordinal, "");
    } else if (type.isDouble()) {
      row.setDouble(ordinal, 0);
    } else if (type == TableSchema.Type.BOOLEAN) {
      row.setBoolean(ordinal, false);
    } else {
      row.setLong(ordinal, 0);
    }
  }

  private void publish(StagedPartition staged) throws IOException {
    new Publisher(run.warehouse(), run.id()).publish(staged);
  }

  /** The rows of data_quality in the order of the days, their values separated by blanks. */
  private List<String> results() throws IOException {
    var results = new ArrayList<String>();
    for (var manifest : local.manifests(Datasets.DATA_QUALITY).values()) {
      try (var rows =
          TableReader.open(
              local.warehouse().fileSystem(),
              local.warehouse().pathOf(manifest.where()),
              local.configuration())) {
        while (rows.next()) {
          results.add(
              String.join(
                  " ",
                  rows.columns().stream().map(column -> rows.value(column.name()) + "").toList()));
        }
      }
    }
    return results;
  }
}
