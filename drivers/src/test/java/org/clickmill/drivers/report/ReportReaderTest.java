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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.clickmill.drivers.report.Report.Group;
import org.clickmill.drivers.report.Report.Product;
import org.clickmill.drivers.report.Report.Reason;
import org.clickmill.drivers.report.Report.SalesDay;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.views.TopProducts;
import org.clickmill.jobs.views.ViewCounts;
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
  void anyTableIsEnoughForAPage() throws IOException {
    var schema = TableColumns.of("Any", "rank int");
    for (var topic : Topic.values()) {
      var some = PublishedTables.in(folder.resolve(topic.name()));
      some.publish(topic.dataset(), DAY, schema, List.of());
      var report =
          new ReportReader(some.warehouse(), Clock.systemUTC()).read(null, DAY.plusDays(3));
      assertThat(report.from()).as(topic.name()).isEqualTo(DAY);
      assertThat(report.missing())
          .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(topic)));
      assertThat(new ReportPage(report).html())
          .as(topic.name())
          .contains("<dt>Revenue</dt><dd>–<div class=\"detail\">no data</div>")
          .contains("Revenue by day: no data.")
          .contains("Brands by revenue: no data.");
    }
  }

  @Test
  void viewsAloneAreShown() throws IOException {
    var schema = schema(new ViewCounts().tables(), "view_counts");
    tables.publish("view_counts", DAY, schema, List.of(Map.of("product_id", "c", "views", 9)));
    var report = read(null, null);
    assertThat(report.from()).isEqualTo(DAY);
    assertThat(report.to()).isEqualTo(DAY);
    assertThat(report.topOfRange()).containsExactly(new Product(1, "c", null, null, 9, null));
    assertThat(new ReportPage(report).html())
        .contains("<code>clickmill sales</code> makes the table sales.");
  }

  @Test
  void reasonsOfRejectsAreCountedWithoutPlaceAndValue() {
    for (var place : List.of("line 3", "record 4", "row 5", "offset 6")) {
      assertThat(QualityReader.withoutValues(place + ": field price: 'x' is not a number"))
          .isEqualTo("field price: … is not a number");
    }
  }

  @Test
  void rangeEndsWhereItWasAskedTo() throws IOException {
    sales(DAY, "1", 1);
    sales(DAY.plusDays(1), "2", 1);
    var report = read(null, DAY);
    assertThat(report.from()).isEqualTo(DAY);
    assertThat(report.to()).isEqualTo(DAY);
    assertThat(report.days())
        .extracting(SalesDay::revenue)
        .containsExactly(new BigDecimal("1.0000"));
  }

  @Test
  void tablesOfOtherDaysOnlyAreMissing() throws IOException {
    sales(DAY, "1", 1);
    var schema = TableColumns.of("Any", "rank int");
    tables.publish("trending", DAY, schema, List.of());
    tables.publish("clv", DAY.plusDays(1), schema, List.of());
    var report = read(null, null);
    assertThat(report.missing())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Topic.SALES, Topic.TRENDING)));
    assertThat(new ReportPage(report).html())
        .contains("Trending products: no data.")
        .contains("<code>clickmill clv</code>");
  }

  @Test
  void emptyTablesMakeAPageToo() throws IOException {
    sales(DAY, "1", 1);
    var schema = TableColumns.of("Any", "rank int");
    for (var topic : EnumSet.complementOf(EnumSet.of(Topic.SALES))) {
      tables.publish(topic.dataset(), DAY, schema, List.of());
    }
    assertThat(new ReportPage(read(null, null)).html())
        .contains("Bounce rate by day: no data.")
        .contains("Funnel: no data.")
        .contains("Segments by revenue: no data.")
        .doesNotContain("Left out");
  }

  @Test
  void viewsOfAllDaysAreAddedAndTiesAreByProduct() throws IOException {
    sales(DAY, "1", 1);
    sales(DAY.plusDays(1), "1", 1);
    var schema = schema(new ViewCounts().tables(), "view_counts");
    tables.publish(
        "view_counts",
        DAY,
        schema,
        List.of(
            Map.of("product_id", "b", "brand", "old", "views", 3),
            Map.of("product_id", "c", "views", 9)));
    tables.publish(
        "view_counts",
        DAY.plusDays(1),
        schema,
        List.of(
            Map.of("product_id", "a", "views", 7),
            Map.of("product_id", "b", "brand", "new", "views", 4)));
    assertThat(read(null, null).topOfRange())
        .containsExactly(
            new Product(1, "c", null, null, 9, null),
            new Product(2, "a", null, null, 7, null),
            new Product(3, "b", "new", null, 7, null));
  }

  @Test
  void rankingIsThatOfTheLastDayWithOne() throws IOException {
    sales(DAY, "1", 1);
    sales(DAY.plusDays(2), "1", 1);
    var schema = schema(new TopProducts().tables(), "top_products");
    tables.publish("top_products", DAY, schema, List.of(product("old", 1)));
    tables.publish(
        "top_products", DAY.plusDays(1), schema, List.of(product("x", 2), product("y", 1)));
    tables.publish("top_products", DAY.plusDays(3), schema, List.of(product("later", 1)));
    var report = read(null, null);
    assertThat(report.lastDay()).isEqualTo(DAY.plusDays(1));
    assertThat(report.topOfLastDay()).extracting(Product::productId).containsExactly("y", "x");
  }

  @Test
  void brandsAreOrderedByTheRevenueOfAllDays() throws IOException {
    sales(DAY, "300", 3);
    sales(DAY.plusDays(1), "100", 1);
    var schema = schema(new Sales().tables(), "sales_by_brand");
    tables.publish(
        "sales_by_brand", DAY, schema, List.of(group("b", "100", 1), group("a", "200", 2)));
    tables.publish("sales_by_brand", DAY.plusDays(1), schema, List.of(group("b", "100.5", 1)));
    assertThat(read(null, null).brands())
        .containsExactly(
            new Group(1, "b", new BigDecimal("200.5000"), 2, 0, 200.5 / 400),
            new Group(2, "a", new BigDecimal("200.0000"), 2, 0, 0.5));
  }

  @Test
  void qualityNamesEmptyAndMissingDays() throws IOException {
    sales(DAY, "1", 1);
    sales(DAY.plusDays(3), "1", 1);
    var counts = new TreeMap<>(Map.of("duplicates", 5L));
    events(DAY, List.of(Map.of("event_type", "view"), Map.of("event_type", "cart")), counts);
    events(DAY.plusDays(1), List.of(), new TreeMap<>());
    events(DAY.plusDays(4), List.of(Map.of("event_type", "view")), counts);
    var quality = read(null, null).quality();
    assertThat(quality.events()).isEqualTo(2);
    assertThat(quality.duplicates()).isEqualTo(5);
    assertThat(quality.emptyDays()).containsExactly(DAY.plusDays(1));
    assertThat(quality.missingDays()).containsExactly(DAY.plusDays(2), DAY.plusDays(3));
    assertThat(quality.daysWithoutSales()).containsExactly(DAY.plusDays(1));
    assertThat(quality.newestEvents()).isEqualTo(DAY.plusDays(4));
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
    var quality = read(null, null).quality();
    assertThat(quality.rejected()).isEqualTo(3);
    assertThat(quality.rejects())
        .containsExactly(
            new Reason(
                "field price: … is not a number", 2, "line 3: field price: 'abc' is not a number"),
            new Reason(
                "3 fields where 9 are named in the header",
                1,
                "line 4: 3 fields where 9 are named in the header"));
  }

  private Report read(LocalDate from, LocalDate to) throws IOException {
    var clock = Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC);
    return new ReportReader(warehouse, clock).read(from, to);
  }

  private void sales(LocalDate day, String revenue, int orders) throws IOException {
    tables.publish(
        "sales",
        day,
        schema(new Sales().tables(), "sales"),
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

  private static Map<String, Object> product(String id, int rank) {
    return Map.of("product_id", id, "rank", rank, "views", 1);
  }

  private static Map<String, Object> group(String value, String revenue, int orders) {
    return Map.of("value", value, "revenue", new BigDecimal(revenue), "orders", orders);
  }

  private static TableSchema schema(List<Table> tables, String dataset) {
    return tables.stream()
        .filter(table -> table.dataset().equals(dataset))
        .findFirst()
        .orElseThrow()
        .schema();
  }
}
