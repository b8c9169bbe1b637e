package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.clickmill.drivers.report.CustomerValues.Parameter;
import org.clickmill.drivers.report.CustomerValues.Segment;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CustomersReaderTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final TableSchema CLV =
      TableColumns.of("Clv", "user_id string", "revenue money", "segment string", "clv double?");

  @TempDir Path folder;

  private Warehouse warehouse;
  private PublishedTables tables;

  @BeforeEach
  void createWarehouse() throws IOException {
    tables = PublishedTables.in(folder);
    warehouse = tables.warehouse();
  }

  @Test
  void newestTableIsToldBySegmentAndValue() throws IOException {
    customers(DAY, List.of(customer("old", "1", 1.0)));
    customers(
        DAY.plusDays(1),
        List.of(
            customer("loyal", "100.5", 60.25),
            customer("loyal", "50", 20.0),
            customer("lost", "200", 0.0),
            customer("new", "10", 3.5)));
    customers(DAY.plusDays(3), List.of(customer("later", "1", 1.0)));
    model(DAY.plusDays(1), true, null);
    var values = read();
    assertThat(values.day()).isEqualTo(DAY.plusDays(1));
    assertThat(values.customers()).isEqualTo(4);
    assertThat(values.revenue()).isEqualTo("360.5000");
    assertThat(values.expected()).isEqualTo("83.7500");
    assertThat(values.isHistoric()).isFalse();
    assertThat(values.segments())
        .containsExactly(
            segment("lost", 1, "200.0000", "200.0000", "0.0000"),
            segment("loyal", 2, "150.5000", "75.2500", "40.1250"),
            segment("new", 1, "10.0000", "10.0000", "3.5000"));
    assertThat(values.bins())
        .extracting(bin -> bin.from() + ".." + bin.to() + " " + bin.customers())
        .containsExactly("0..2 1", "2..5 1", "5..10 0", "10..20 0", "20..50 1", "50..100 1");
  }

  @Test
  void parametersAreThoseOfTheSameDay() throws IOException {
    customers(DAY, List.of(customer("new", "10", 3.5)));
    model(DAY, true, null);
    model(DAY.plusDays(1), false, "of another day");
    var model = read().model();
    assertThat(model.horizonDays()).isEqualTo(90);
    assertThat(model.discountRateMonthly()).isEqualTo(0.01);
    assertThat(model.parameters())
        .hasSize(9)
        .startsWith(new Parameter("BG/NBD", "r", 0.25))
        .contains(new Parameter("Gamma-Gamma", "p", null));
  }

  @Test
  void withoutAFitOnlyThePastIsTold() throws IOException {
    customers(DAY, List.of(customer("new", "10", 3.5), customer("new", "20", null)));
    model(DAY, false, "q <= 1");
    var values = read();
    assertThat(values.isHistoric()).isTrue();
    assertThat(values.model().reason()).isEqualTo("q <= 1");
    assertThat(values.bins()).isEmpty();
    assertThat(values.expected()).isNull();
    assertThat(values.segments())
        .containsExactly(segment("new", 2, "30.0000", "15.0000", null, 1.0));
  }

  @Test
  void tablesOfModelsWithoutAReasonCanBeRead() throws IOException {
    customers(DAY, List.of(customer("new", "10", null)));
    tables.publish("clv_model", DAY, modelColumns(), List.of(Map.of("converged", false)));
    assertThat(read().model().reason()).isNull();
  }

  @Test
  void customersWithoutAModelAreStillTold() throws IOException {
    customers(DAY, List.of(customer("new", "10", null)));
    var values = read();
    assertThat(values.model()).isNull();
    assertThat(values.customers()).isEqualTo(1);
    assertThat(values.bins()).isEmpty();
  }

  @Test
  void emptyTableHasNobody() throws IOException {
    customers(DAY, List.of());
    assertThat(read().segments()).isEmpty();
    assertThat(read().day()).isEqualTo(DAY);
  }

  @Test
  void rangeWithoutATableHasNone() throws IOException {
    customers(DAY.plusDays(3), List.of(customer("later", "1", 1.0)));
    assertThat(read()).isEqualTo(CustomerValues.NONE);
  }

  private CustomerValues read() throws IOException {
    return new CustomersReader(warehouse, DAY, DAY.plusDays(2)).read();
  }

  private void customers(LocalDate day, List<Map<String, Object>> rows) throws IOException {
    tables.publish("clv", day, CLV, rows);
  }

  private void model(LocalDate day, boolean converged, String reason) throws IOException {
    var row =
        new HashMap<String, Object>(
            Map.of(
                "horizon_days",
                90,
                "discount_rate_monthly",
                0.01,
                "r",
                0.25,
                "customers",
                4,
                "repeat_customers",
                2,
                "converged",
                converged));
    row.put("reason", reason);
    tables.publish("clv_model", day, modelColumns("reason string?"), List.of(row));
  }

  private static TableSchema modelColumns(String... more) {
    var columns =
        Stream.of(
            "horizon_days int",
            "discount_rate_monthly double",
            "r double?",
            "alpha double?",
            "a double?",
            "b double?",
            "bgnbd_log_likelihood double?",
            "p double?",
            "q double?",
            "v double?",
            "gamma_gamma_log_likelihood double?",
            "customers long",
            "repeat_customers long",
            "converged boolean");
    return TableColumns.of(
        "ClvModel", Stream.concat(columns, Stream.of(more)).toArray(String[]::new));
  }

  private static Map<String, Object> customer(String segment, String revenue, Double clv) {
    var row = new HashMap<String, Object>();
    row.put("segment", segment);
    row.put("revenue", new BigDecimal(revenue));
    row.put("clv", clv);
    return row;
  }

  private static Segment segment(
      String name, long customers, String revenue, String mean, String clv) {
    return segment(name, customers, revenue, mean, clv, customers / 4.0);
  }

  private static Segment segment(
      String name, long customers, String revenue, String mean, String clv, double share) {
    return new Segment(
        name,
        customers,
        share,
        new BigDecimal(revenue),
        new BigDecimal(mean),
        clv == null ? null : new BigDecimal(clv));
  }
}
