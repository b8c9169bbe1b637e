package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.clickmill.drivers.report.Report.CartDay;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads what became of carts. */
final class CartsReader {
  private final LocalDate from;
  private final LocalDate to;
  private final WarehouseTables table;

  CartsReader(Warehouse warehouse, LocalDate from, LocalDate to) throws IOException {
    this.from = from;
    this.to = to;
    this.table = new WarehouseTables(warehouse, Topic.CART_ABANDONMENT.dataset(), from, to);
  }

  /** Every day of the range; none if no day has a table. */
  List<CartDay> read() throws IOException {
    if (table.days().isEmpty()) {
      return List.of();
    }
    var present = new HashMap<LocalDate, CartDay>();
    table.forEach(
        (day, row) -> {
          var rate = row.doubleValue("abandonment_rate");
          present.put(
              day,
              new CartDay(
                  day,
                  row.longValue("sessions_with_cart"),
                  row.longValue("sessions_bought"),
                  row.longValue("sessions_abandoned"),
                  row.longValue("sessions_emptied"),
                  Double.isNaN(rate) ? null : rate,
                  row.money("abandoned_value"),
                  row.booleanValue("mature")));
        });
    var days = new ArrayList<CartDay>();
    for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
      days.add(present.getOrDefault(day, CartDay.missing(day)));
    }
    return days;
  }
}
