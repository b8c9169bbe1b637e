package org.clickmill.drivers.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clickmill.drivers.report.Report.SalesDay;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * Reads the sales of each day with the averages of the days that end there: from the table of
 * trends, or where there is none, from the sales of seven days.
 */
final class SalesDaysReader {
  private static final int AVERAGE_DAYS = 7;
  private static final Averages UNKNOWN = new Averages(null, null, null, null);

  private final Warehouse warehouse;
  private final LocalDate from;
  private final LocalDate to;

  SalesDaysReader(Warehouse warehouse, LocalDate from, LocalDate to) {
    this.warehouse = warehouse;
    this.from = from;
    this.to = to;
  }

  /** Every day of the range. */
  List<SalesDay> read() throws IOException {
    var sums = sums();
    var trend = trend();
    var days = new ArrayList<SalesDay>();
    for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
      var sum = sums.get(day);
      if (sum == null) {
        days.add(SalesDay.missing(day));
        continue;
      }
      var averages = trend == null ? averages(day, sums) : trend.getOrDefault(day, UNKNOWN);
      days.add(
          new SalesDay(
              day,
              sum.revenue(),
              sum.grossRevenue(),
              sum.orders(),
              sum.unitsSold(),
              sum.averageOrderValue(),
              averages.revenue(),
              averages.orders(),
              averages.revenueLong(),
              averages.ordersLong()));
    }
    return days;
  }

  /** The days before the range are read too, for the averages. */
  private Map<LocalDate, DaySum> sums() throws IOException {
    var sums = new TreeMap<LocalDate, DaySum>();
    new WarehouseTables(warehouse, "sales", from.minusDays(AVERAGE_DAYS - 1L), to)
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
    return sums;
  }

  /** What the table of trends knows; null if it has none of the days. */
  private Map<LocalDate, Averages> trend() throws IOException {
    var table = new WarehouseTables(warehouse, Topic.SALES_TREND.dataset(), from, to);
    if (table.days().isEmpty()) {
      return null;
    }
    var trend = new HashMap<LocalDate, Averages>();
    table.forEach(
        (day, row) ->
            trend.put(
                day,
                new Averages(
                    row.money("revenue_average_7d"),
                    number("orders_average_7d", row),
                    row.money("revenue_average_28d"),
                    number("orders_average_28d", row))));
    return trend;
  }

  /** A number of any type with four decimals, or null. */
  private static BigDecimal number(String column, TableReader row) {
    var value = row.value(column);
    return value == null
        ? null
        : new BigDecimal(value.toString()).setScale(4, RoundingMode.HALF_EVEN);
  }

  private static Averages averages(LocalDate day, Map<LocalDate, DaySum> sums) {
    var revenue = BigDecimal.ZERO;
    long orders = 0;
    for (int i = 0; i < AVERAGE_DAYS; i++) {
      var other = sums.get(day.minusDays(i));
      if (other == null) {
        return UNKNOWN;
      }
      revenue = revenue.add(other.revenue());
      orders += other.orders();
    }
    return new Averages(average(revenue), average(BigDecimal.valueOf(orders)), null, null);
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

  /** Of seven days and of 28, null where unknown. */
  private record Averages(
      BigDecimal revenue, BigDecimal orders, BigDecimal revenueLong, BigDecimal ordersLong) {}
}
