package org.clickmill.drivers.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clickmill.drivers.report.Report.SalesDay;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads what a report tells from a warehouse. */
public final class ReportReader {
  private static final int AVERAGE_DAYS = 7;

  private final Warehouse warehouse;
  private final Clock clock;

  public ReportReader(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
  }

  /**
   * Reads the tables of a range of days.
   *
   * @param from the first day; null for the first with sales
   * @param to the last day; null for the last with sales
   * @throws ClickmillException of kind not ready if the range holds no day with sales
   */
  public Report read(LocalDate from, LocalDate to) throws IOException {
    var sales = new WarehouseTables(warehouse, "sales", from, to);
    if (sales.days().isEmpty()) {
      throw ClickmillException.notReady(
          "Missing sales in warehouse %s%s (pipeline makes them)",
          warehouse.root(), range(from, to));
    }
    var first = from == null ? sales.days().first() : from;
    var last = to == null ? sales.days().last() : to;
    var products = new ProductsReader(warehouse, first, last);
    var groups = new GroupsReader(warehouse, first, last);
    var days = days(first, last);
    var revenue =
        days.stream()
            .filter(SalesDay::isPresent)
            .map(SalesDay::revenue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var quality = new QualityReader(warehouse, first, last);
    return new Report(
        warehouse.root().toString(),
        SuiteVersion.text(),
        clock.instant(),
        first,
        last,
        days,
        products.lastDay(),
        products.topOfLastDay(),
        products.topOfRange(),
        groups.top("sales_by_category", revenue),
        groups.top("sales_by_brand", revenue),
        quality.read(sales));
  }

  private static String range(LocalDate from, LocalDate to) {
    return (from == null ? "" : " from " + from) + (to == null ? "" : " to " + to);
  }

  /** Every day of the range; the days before it are read too, for the averages. */
  private List<SalesDay> days(LocalDate first, LocalDate last) throws IOException {
    var before = first.minusDays(AVERAGE_DAYS - 1L);
    var sums = new TreeMap<LocalDate, DaySum>();
    new WarehouseTables(warehouse, "sales", before, last)
        .forEach(
            (day, row) ->
                sums.put(
                    day,
                    new DaySum(
                        row.money("revenue"),
                        row.money("gross_revenue"),
                        row.longValue("orders"),
                        row.longValue("units_sold"),
                        row.money("average_order_value"))));
    var days = new ArrayList<SalesDay>();
    for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
      days.add(salesDay(day, sums));
    }
    return days;
  }

  private static SalesDay salesDay(LocalDate day, Map<LocalDate, DaySum> sums) {
    var sum = sums.get(day);
    if (sum == null) {
      return new SalesDay(day, null, null, null, null, null, null, null);
    }
    var revenue = BigDecimal.ZERO;
    long orders = 0;
    boolean isFull = true;
    for (int i = 0; i < AVERAGE_DAYS; i++) {
      var other = sums.get(day.minusDays(i));
      if (other == null) {
        isFull = false;
      } else {
        revenue = revenue.add(other.revenue());
        orders += other.orders();
      }
    }
    return new SalesDay(
        day,
        sum.revenue(),
        sum.grossRevenue(),
        sum.orders(),
        sum.unitsSold(),
        sum.averageOrderValue(),
        isFull ? average(revenue) : null,
        isFull ? average(BigDecimal.valueOf(orders)) : null);
  }

  private static BigDecimal average(BigDecimal sum) {
    return sum.divide(BigDecimal.valueOf(AVERAGE_DAYS), 4, RoundingMode.HALF_EVEN);
  }

  private record DaySum(
      BigDecimal revenue,
      BigDecimal grossRevenue,
      long orders,
      long unitsSold,
      BigDecimal averageOrderValue) {}
}
