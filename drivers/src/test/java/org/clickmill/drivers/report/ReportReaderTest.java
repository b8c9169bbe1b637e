package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.report.Report.Missing;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.metrics.MetricSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportReaderTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);

  @TempDir Path folder;

  private Warehouse warehouse;
  private PublishedTables tables;

  @BeforeEach
  void createWarehouse() throws IOException {
    tables = PublishedTables.in(folder);
    warehouse = tables.warehouse();
  }

  @Test
  void warehouseWithoutTablesIsNotReady() {
    assertThatThrownBy(() -> read(DAY, null))
        .isInstanceOfSatisfying(
            ClickmillException.class,
            failure -> assertThat(failure.failure()).isEqualTo(Failure.NOT_READY))
        .hasMessage(
            "Missing tables in warehouse %s from 2019-10-01 (pipeline makes them)",
            warehouse.root());
  }

  @Test
  void anyTableIsEnoughForAReport() throws IOException {
    for (var dataset : List.of("sessions", "funnel", "trending", "clv", "cohorts", "traffic")) {
      var some = PublishedTables.in(folder.resolve(dataset));
      some.publish(dataset, DAY, List.of());
      var report =
          new ReportReader(some.warehouse(), Clock.systemUTC()).read(null, DAY.plusDays(3));
      assertThat(report.from()).as(dataset).isEqualTo(DAY);
      assertThat(report.missing())
          .extracting(Missing::table)
          .doesNotContain(dataset)
          .contains("sales", "view_counts");
      assertThat(new ReportPage(report).html()).as(dataset).contains("\"from\":\"2019-10-01\"");
    }
  }

  @Test
  void missingTablesAreNamedWithTheCommandThatMakesThem() throws IOException {
    sales(DAY, "1", 1);
    tables.publish("trending", DAY, List.of());
    tables.publish("clv", DAY.plusDays(1), List.of());
    assertThat(read(null, null).missing())
        .contains(
            new Missing("sessions", "sessions", true),
            new Missing("cart_abandonment", "funnel", true),
            new Missing("clv", "clv", true))
        .anySatisfy(missing -> assertThat(missing.isAskedFor()).isFalse())
        .extracting(Missing::table)
        .doesNotContain("sales", "trending");
  }

  @Test
  void rangeEndsWhereItWasAskedToAndGoesBackAsFarToBeCompared() throws IOException {
    for (int i = 0; i < 60; i++) {
      sales(DAY.plusDays(i), Integer.toString(i), 1);
    }
    var report = read(DAY.plusDays(40), DAY.plusDays(41));
    assertThat(report.from()).isEqualTo(DAY.plusDays(40));
    assertThat(report.to()).isEqualTo(DAY.plusDays(41));
    assertThat(report.opensAt()).isEqualTo(DAY.plusDays(40));
    // Averages need 27 days before the first.
    assertThat(report.first()).isEqualTo(DAY.plusDays(13));
    assertThat(column(report, "sales", "revenue")).hasSize(29).endsWith(money("40"), money("41"));
    var all = read(null, null);
    assertThat(all.from()).isEqualTo(DAY);
    assertThat(all.first()).isEqualTo(DAY);
    assertThat(all.opensAt()).isEqualTo(DAY.plusDays(32));
  }

  @Test
  void rangeOfMoreThanTenYearsIsRefusedWhereItIsAskedForAndCutWhereNot() throws IOException {
    var late = DAY.plusDays(4_000);
    sales(DAY, "1", 1);
    sales(late, "2", 1);
    assertThatThrownBy(() -> read(DAY, null))
        .isInstanceOfSatisfying(
            ClickmillException.class,
            failure -> assertThat(failure.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Invalid range: 2019-10-01 to %s has 4001 days, more than the 3660 of a report (name a"
                + " later --from)",
            late);
    assertThat(read(null, null).from()).isEqualTo(late.minusDays(3_659));
  }

  @Test
  void dayWithoutATableIsAbsentAndNotZero() throws IOException {
    sales(DAY, "7.0001", 1);
    sales(DAY.plusDays(2), "-1.5", 3);
    var report = read(null, null);
    assertThat(column(report, "sales", "day")).containsExactly(DAY, DAY.plusDays(2));
    assertThat(column(report, "sales", "revenue")).containsExactly(money("7.0001"), money("-1.5"));
    assertThat(column(report, "sales", "average_order_value")).containsExactly(null, null);
  }

  @Test
  void sessionsAreCountedByDay() throws IOException {
    tables.publish(
        "sessions",
        DAY,
        List.of(
            session(0, false, true, true),
            session(10, true, false, true),
            session(40, false, false, true)));
    tables.publish("sessions", DAY.plusDays(1), List.of());
    tables.publish("sessions", DAY.plusDays(3), List.of(session(100, true, false, false)));
    tables.publish("sessions", DAY.plusDays(4), List.of(session(7, true, false, false)));
    assertThat(read(null, DAY.plusDays(3)).table("sessions").orElseThrow().rows())
        .containsExactly(
            List.of(DAY, 3L, 0L, 1L, 1L, 50L, 10.0),
            ReportTable.row(DAY.plusDays(1), 0L, 0L, 0L, 0L, 0L, null),
            List.of(DAY.plusDays(3), 1L, 1L, 0L, 1L, 100L, 100.0));
  }

  @Test
  void medianIsThatOfTheSortedDurations() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      var durations = random.ints(1 + random.nextInt(40), 0, 86_401).sorted().boxed().toList();
      var counter = new SessionCounter();
      durations.forEach(seconds -> counter.add(seconds, false, true, false));
      int middle = durations.size() / 2;
      double median =
          durations.size() % 2 == 1
              ? durations.get(middle)
              : (durations.get(middle - 1) + durations.get(middle)) / 2.0;
      assertThat(counter.row(DAY).get(6)).as("seed %d", seed).isEqualTo(median);
    }
  }

  @Test
  void firstRanksOfTheNewestDayAreCopied() throws IOException {
    tables.publish("trending", DAY, List.of(trending(7, 1, 5)));
    tables.publish(
        "trending",
        DAY.plusDays(1),
        List.of(trending(28, 2, 4), trending(28, 1, 0), trending(7, 41, 1), trending(7, 10, 2)));
    tables.publish("trending", DAY.plusDays(3), List.of(trending(7, 1, 6)));
    var report = read(null, DAY.plusDays(2));
    var copied = report.table("trending").orElseThrow();
    assertThat(copied.day()).isEqualTo(DAY.plusDays(1));
    assertThat(column(report, "trending", "rank")).containsExactly(1L, 2L, 10L, 41L);
    assertThat(column(report, "trending", "growth")).containsExactly(null, 1.0, 3.0, 7.0);
    assertThat(column(report, "trending", "is_new")).containsExactly(true, false, false, false);
  }

  @Test
  void noMoreRowsOfTheLastDayAreCopiedThanWanted() throws IOException {
    var rows =
        Stream.iterate(200, rank -> rank - 1).limit(200).map(rank -> trending(7, rank, 1)).toList();
    tables.publish("trending", DAY, rows);
    assertThat(column(read(null, null), "trending", "rank"))
        .hasSize(40)
        .startsWith(1L)
        .endsWith(40L);
  }

  @Test
  void brandsAreRankedByTheRevenueOfAllDaysAndSummedByDay() throws IOException {
    sales(DAY, "300", 3);
    sales(DAY.plusDays(1), "100.5", 1);
    tables.publish("sales_by_brand", DAY, List.of(group("b", "100", 1), group("a", "200", 2)));
    tables.publish("sales_by_brand", DAY.plusDays(1), List.of(group("b", "100.5", 1)));
    assertThat(rows(read(null, null), "sales_by_brand", 4))
        .containsExactly(
            List.of(DAY, "b", money("100"), money("100")),
            List.of(DAY, "a", money("200"), money("200")),
            List.of(DAY.plusDays(1), "b", money("100.5"), money("100.5")));
  }

  @Test
  void productsWithTheMostViewsAndThoseWithTheMostRevenueAreInBothTables() throws IOException {
    sales(DAY, "1", 1);
    tables.publish("sales_by_product", DAY, List.of(group("sold", "5", 1)));
    tables.publish(
        "view_counts",
        DAY,
        List.of(
            Map.of("product_id", "b", "brand", "old", "views", 3),
            Map.of("product_id", "sold", "views", 9)));
    tables.publish(
        "view_counts",
        DAY.plusDays(1),
        List.of(
            Map.of("product_id", "a", "views", 7),
            Map.of("product_id", "b", "brand", "new", "views", 4)));
    var report = read(DAY, DAY.plusDays(1));
    assertThat(rows(report, "views_by_product", 3))
        .containsExactly(
            List.of(DAY, "sold", 9L),
            List.of(DAY, "b", 3L),
            List.of(DAY.plusDays(1), "a", 7L),
            List.of(DAY.plusDays(1), "b", 4L));
    assertThat(report.table("products").orElseThrow().rows())
        .containsExactlyInAnyOrder(
            ReportTable.row("sold", null, null),
            ReportTable.row("a", null, null),
            ReportTable.row("b", "new", null));
  }

  @Test
  void funnelsAreRankedByTheirFirstStep() throws IOException {
    tables.publish(
        "funnel_by_brand",
        DAY,
        Stream.of("a 1 10", "a 2 9", "b 1 8", "b 2 8", "c 1 9")
            .map(text -> text.split(" ", -1))
            .map(
                step ->
                    Map.<String, Object>of(
                        "funnel",
                        "f",
                        "value",
                        step[0],
                        "step",
                        Integer.valueOf(step[1]),
                        "sessions",
                        Integer.valueOf(step[2])))
            .toList());
    assertThat(column(read(null, null), "funnel_by_brand", "value"))
        .containsExactly("a", "a", "c", "b", "b");
  }

  @Test
  void freshnessSaysHowFarTablesHaveCome() throws IOException {
    sales(DAY, "1", 1);
    sales(DAY.plusDays(2), "1", 1);
    tables.publish("clv", DAY.plusDays(1), List.of());
    var rows = read(null, null).table("freshness").orElseThrow().rows();
    assertThat(rows)
        .extracting(row -> row.subList(0, 3))
        .containsExactly(
            List.of("sales", DAY.plusDays(2), 1L), ReportTable.row("clv", DAY.plusDays(1), null));
    assertThat(rows).allSatisfy(row -> assertThat(row.get(3)).isInstanceOf(Instant.class));
  }

  @Test
  void figuresOfTwoTablesAreCompared() throws IOException {
    sales(DAY, "100", 2);
    sales(DAY.plusDays(1), "50", 1);
    tables.publish("sales_by_brand", DAY, List.of(group("a", "60", 2), group("b", "40", 1)));
    tables.publish("sales_by_category", DAY, List.of(group("x", "99", 2)));
    var checks = read(null, null).checks();
    assertThat(checks)
        .filteredOn(check -> check.other().equals("sales_by_brand"))
        .satisfiesExactly(
            check -> {
              assertThat(check.figure()).isEqualTo("revenue");
              assertThat(check.days()).isEqualTo(1);
              assertThat(check.differingDays()).isZero();
              assertThat(check.reason()).isNull();
            },
            check -> {
              assertThat(check.figure()).isEqualTo("orders");
              assertThat(check.differingDays()).isEqualTo(1);
              assertThat(check.isExpected()).isTrue();
              assertThat(check.reason()).startsWith("An order counts once in every brand");
            });
    assertThat(checks)
        .filteredOn(check -> check.other().equals("sales_by_category"))
        .first()
        .satisfies(
            check -> {
              assertThat(check.total()).isEqualByComparingTo("100");
              assertThat(check.otherTotal()).isEqualByComparingTo("99");
              assertThat(check.isExpected()).isFalse();
              assertThat(check.reason()).startsWith("They should agree.");
            });
  }

  @Test
  void eventsAndTheNewestDayAreThoseOfTheManifests() throws IOException {
    sales(DAY, "1", 1);
    sales(DAY.plusDays(3), "1", 1);
    var counts = new TreeMap<>(Map.of("duplicates", 5L));
    events(DAY, List.of(Map.of("event_type", "view"), Map.of("event_type", "cart")), counts);
    events(DAY.plusDays(1), List.of(), new TreeMap<>());
    events(DAY.plusDays(4), List.of(Map.of("event_type", "view")), counts);
    var report = read(null, null);
    assertThat(report.table("events").orElseThrow().rows())
        .containsExactly(List.of(DAY, 2L, 5L), List.of(DAY.plusDays(1), 0L, 0L));
    assertThat(report.newestEvents()).isEqualTo(DAY.plusDays(4));
  }

  @Test
  void reasonsOfRejectsAreCountedWithoutTheirValues() throws IOException {
    sales(DAY, "1", 1);
    tables.publish(
        Partition.ofRun(Datasets.REJECTS, LocalDate.of(2026, 1, 1), "run-1"),
        RejectWriter.SCHEMA,
        Stream.of(
                "line 3: field price: 'abc' is not a number",
                "line 4: 3 fields where 9 are named in the header",
                "line 17: field price: 'x' is not a number")
            .map(reason -> Map.<String, Object>of("reason", reason))
            .toList(),
        new TreeMap<>());
    var rejects = read(null, null).table("rejects").orElseThrow();
    assertThat(rejects.text()).contains("there are 3 rejected records");
    assertThat(rejects.rows())
        .containsExactly(
            List.of("field price: … is not a number", 2L),
            List.of("3 fields where 9 are named in the header", 1L));
  }

  @Test
  void nothingOfAValueRemainsInAReason() {
    for (var place : List.of("line 3", "record 4", "row 5", "offset 6")) {
      assertThat(QualityTables.withoutValues(place + ": field price: 'x' is not a number"))
          .isEqualTo("field price: … is not a number");
    }
    assertThat(QualityTables.withoutValues("field price: 'it's Ann's 'own'' is not a number"))
        .isEqualTo("field price: … is not a number");
    assertThat(QualityTables.withoutValues("field time: \"Ann\n2019\" cannot be read"))
        .isEqualTo("field time: … cannot be read");
    assertThat(QualityTables.withoutValues("x".repeat(500))).hasSize(120);
  }

  @Test
  void personalColumnsAreNeitherCopiedNorRead() throws IOException {
    tables.publish("sessions", DAY, List.of());
    var report = read(null, null);
    assertThat(report.tables())
        .allSatisfy(
            table ->
                assertThat(table.columns())
                    .extracting(ReportTable.Column::name)
                    .doesNotContain("user_id", "visitor", "session_id", "visitor_id"));
    var catalog = TableCatalog.of(warehouse.configuration());
    var rows = new DayRows(warehouse, catalog.named("sessions"), null, null);
    assertThatThrownBy(() -> rows.forEach(List.of("user_id"), (day, row) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot show a personal column: user_id of sessions");
  }

  @Test
  void customersAreSummedBySegmentOfTheNewestDay() throws IOException {
    customers(DAY, List.of(customer("old", "1", 1.0)));
    customers(
        DAY.plusDays(1),
        List.of(
            customer("champions", "100", 50.0),
            customer("champions", "201", 150.5),
            customer("new", "10", 0.4),
            customer("lost", "10", null)));
    var report = read(null, DAY.plusDays(2));
    assertThat(report.table("clv_segments").orElseThrow().rows())
        .containsExactly(
            List.of("champions", 2L, money("301"), money("150.5"), money("200.5"), money("100.25")),
            ReportTable.row("lost", 1L, money("10"), money("10"), null, null),
            List.of("new", 1L, money("10"), money("10"), money("0.4"), money("0.4")));
    assertThat(
            column(report, "clv_distribution", "customers").stream()
                .mapToLong(Long.class::cast)
                .sum())
        .isEqualTo(3);
  }

  @Test
  void withoutAFitThereIsNoDistribution() throws IOException {
    customers(DAY, List.of(customer("new", "10", null), customer("new", "20", null)));
    tables.publish("clv_model", DAY, List.of(Map.of("converged", false, "reason", "q <= 1")));
    var report = read(null, null);
    assertThat(report.table("clv_distribution").orElseThrow().rows()).isEmpty();
    assertThat(column(report, "clv_model", "reason")).containsExactly("q <= 1");
    assertThat(column(report, "clv_segments", "expected_value")).containsOnlyNulls();
  }

  @Test
  void settingsAreThoseOfThePage() throws IOException {
    sales(DAY, "1", 1);
    warehouse.configuration().set("clickmill.report.title", "Ann's shop");
    warehouse.configuration().set("clickmill.currency", "CHF");
    warehouse.configuration().set("clickmill.report.locale", "de-CH");
    warehouse.configuration().set("clickmill.time-zone", "Europe/Zurich");
    assertThat(read(null, null).settings())
        .isEqualTo(new ReportSettings.Values("Ann's shop", "CHF", "de-CH", "Europe/Zurich"));
    assertThatThrownBy(() -> MetricSettings.TIME_ZONE.parse("Bern"))
        .hasMessage(
            "Invalid value of clickmill.time-zone: 'Bern' (expected a time zone of the IANA database,"
                + " such as Europe/Berlin or UTC)");
    assertThatThrownBy(() -> ReportSettings.LOCALE.parse("de_CH"))
        .hasMessage(
            "Invalid value of clickmill.report.locale: 'de_CH' (expected a language tag such as"
                + " en-US)");
  }

  private Report read(LocalDate from, LocalDate to) throws IOException {
    var clock = Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC);
    return new ReportReader(warehouse, clock).read(from, to);
  }

  private static List<Object> column(Report report, String table, String column) {
    var found = report.table(table).orElseThrow();
    int place = found.ordinal(column);
    return found.rows().stream().map(row -> row.get(place)).toList();
  }

  private static List<List<Object>> rows(Report report, String table, int columns) {
    return report.table(table).orElseThrow().rows().stream()
        .map(row -> row.subList(0, columns))
        .toList();
  }

  private void sales(LocalDate day, String revenue, int orders) throws IOException {
    tables.publish(
        "sales",
        day,
        List.of(
            Map.of(
                "revenue", new BigDecimal(revenue),
                "gross_revenue", new BigDecimal(revenue),
                "orders", orders)));
  }

  private void events(LocalDate day, List<Map<String, Object>> rows, TreeMap<String, Long> counts)
      throws IOException {
    tables.publish(Partition.ofDay(Datasets.EVENTS_DAILY, day), EventRows.SCHEMA, rows, counts);
  }

  private void customers(LocalDate day, List<Map<String, Object>> rows) throws IOException {
    tables.publish("clv", day, rows);
  }

  private static Map<String, Object> customer(String segment, String revenue, Double clv) {
    var row = new HashMap<String, Object>();
    row.put("segment", segment);
    row.put("revenue", new BigDecimal(revenue));
    row.put("clv", clv);
    return row;
  }

  private static Map<String, Object> session(
      int seconds, boolean isBuying, boolean isBounce, boolean isComplete) {
    return Map.of(
        "duration_seconds", seconds,
        "has_purchase", isBuying,
        "is_bounce", isBounce,
        "is_complete", isComplete);
  }

  private static Map<String, Object> trending(int window, int rank, int before) {
    var row = new HashMap<String, Object>();
    row.put("window_days", window);
    row.put("rank", rank);
    row.put("product_id", "p" + rank);
    row.put("views", 8);
    row.put("views_before", before);
    row.put("growth", before == 0 ? null : 8.0 / before - 1);
    row.put("is_new", before == 0);
    return row;
  }

  private static Map<String, Object> group(String value, String revenue, int orders) {
    return Map.of(
        "value",
        value,
        "revenue",
        new BigDecimal(revenue),
        "gross_revenue",
        new BigDecimal(revenue),
        "orders",
        orders);
  }

  private static BigDecimal money(String text) {
    return new BigDecimal(text).setScale(4);
  }
}
