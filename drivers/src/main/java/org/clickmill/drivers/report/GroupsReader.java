package org.clickmill.drivers.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.report.Report.Group;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads which categories and brands were sold most. */
final class GroupsReader {
  static final int TOP = 10;

  private final Warehouse warehouse;
  private final LocalDate from;
  private final LocalDate to;

  GroupsReader(Warehouse warehouse, LocalDate from, LocalDate to) {
    this.warehouse = warehouse;
    this.from = from;
    this.to = to;
  }

  /**
   * The values of a dimension with the highest revenue over all days.
   *
   * @param dataset daily sales by that dimension
   * @param revenue of the whole shop, of which the shares are
   */
  List<Group> top(String dataset, BigDecimal revenue) throws IOException {
    var sums = new HashMap<String, Sum>();
    new WarehouseTables(warehouse, dataset, from, to)
        .forEach(
            (day, row) -> {
              var sum = sums.computeIfAbsent(row.text("value"), value -> new Sum());
              sum.revenue = sum.revenue.add(row.money("revenue"));
              sum.orders += row.longValue("orders");
              sum.unitsSold += row.longValue("units_sold");
            });
    var ranked =
        sums.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, Sum>, BigDecimal>comparing(
                        entry -> entry.getValue().revenue)
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .limit(TOP)
            .toList();
    var top = new ArrayList<Group>();
    for (var entry : ranked) {
      var sum = entry.getValue();
      top.add(
          new Group(
              top.size() + 1,
              entry.getKey(),
              sum.revenue,
              sum.orders,
              sum.unitsSold,
              revenue.signum() <= 0 ? null : sum.revenue.doubleValue() / revenue.doubleValue()));
    }
    return top;
  }

  private static final class Sum {
    private BigDecimal revenue = BigDecimal.ZERO;
    private long orders;
    private long unitsSold;
  }
}
