package org.clickmill.drivers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.report.Report.SalesDay;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SalesDaysReaderTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  private static final TableSchema SALES =
      TableColumns.of(
          "Sales",
          "revenue money",
          "gross_revenue money",
          "orders long",
          "units_sold long",
          "average_order_value money?");

  @TempDir Path folder;

  private Warehouse warehouse;
  private PublishedTables tables;

  @BeforeEach
  void createWarehouse() throws IOException {
    tables = PublishedTables.in(folder);
    warehouse = tables.warehouse();
  }

  @Test
  void averageIsOfSevenDaysAndReadsDaysBeforeTheRange() throws IOException {
    for (int i = 0; i < 9; i++) {
      sales(DAY.plusDays(i), Integer.toString(100 * i), i);
    }
    assertThat(read(DAY.plusDays(5), DAY.plusDays(8)))
        .extracting(SalesDay::day, SalesDay::revenueAverage, SalesDay::ordersAverage)
        .containsExactly(
            tuple(DAY.plusDays(5), null, null),
            tuple(DAY.plusDays(6), new BigDecimal("300.0000"), new BigDecimal("3.0000")),
            tuple(DAY.plusDays(7), new BigDecimal("400.0000"), new BigDecimal("4.0000")),
            tuple(DAY.plusDays(8), new BigDecimal("500.0000"), new BigDecimal("5.0000")));
  }

  @Test
  void dayWithoutATableIsAGapAndNotZero() throws IOException {
    for (int i = 0; i < 9; i++) {
      if (i != 1) {
        sales(DAY.plusDays(i), "7.0001", 1);
      }
    }
    var days = read(DAY, DAY.plusDays(8));
    assertThat(days).hasSize(9);
    assertThat(days.get(1).isPresent()).isFalse();
    assertThat(days.get(7).revenueAverage()).isNull();
    assertThat(days.get(8).revenueAverage()).isEqualTo("7.0001");
  }

  @Test
  void averagesAreThoseOfTheTrendWhereThereIsOne() throws IOException {
    for (int i = 0; i < 9; i++) {
      sales(DAY.plusDays(i), "7", 1);
    }
    var schema =
        TableColumns.of(
            "SalesTrend",
            "revenue_average_7d money?",
            "revenue_average_28d money?",
            "orders_average_7d double?",
            "orders_average_28d double?");
    tables.publish(
        "sales_trend",
        DAY.plusDays(8),
        schema,
        List.of(
            Map.of(
                "revenue_average_7d", new BigDecimal("6.5"),
                "revenue_average_28d", new BigDecimal("5.25"),
                "orders_average_7d", 1.5)));
    var days = read(DAY, DAY.plusDays(8));
    assertThat(days.get(7).revenueAverage()).isNull();
    assertThat(days.get(8).revenueAverage()).isEqualTo("6.5000");
    assertThat(days.get(8).revenueLongAverage()).isEqualTo("5.2500");
    assertThat(days.get(8).ordersAverage()).isEqualTo("1.5000");
    assertThat(days.get(8).ordersLongAverage()).isNull();
  }

  private List<SalesDay> read(LocalDate from, LocalDate to) throws IOException {
    return new SalesDaysReader(warehouse, from, to).read();
  }

  private void sales(LocalDate day, String revenue, int orders) throws IOException {
    tables.publish(
        "sales", day, SALES, List.of(Map.of("revenue", new BigDecimal(revenue), "orders", orders)));
  }
}
