package org.clickmill.jobs.customers;

import static org.clickmill.jobs.lines.OrderLines.OF_ORDER;
import static org.clickmill.jobs.lines.OrderLines.OWN_ORDER;
import static org.clickmill.jobs.lines.OrderLines.PURCHASE;
import static org.clickmill.jobs.lines.OrderLines.SOLD;

import java.util.List;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.lines.OrderLines;

/** What each customer bought and returned on a day. */
public final class CustomerDays extends GroupBy<OrderLines> {
  public static final String DATASET = "customer_days";

  static final TableSchema SCHEMA = TableSchema.load(CustomerDays.class, "customer_days.avsc");

  public CustomerDays() {
    super(Customers.COMMAND, OrderLines::new);
  }

  @Override
  public List<Table> tables() {
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), 1, List.of()));
  }

  @Override
  protected void declare(Grouping<OrderLines> lines) {
    lines.key("user_id");
    var purchases = lines.filter(PURCHASE);
    var ownOrders = purchases.filter(OWN_ORDER).count();
    var others = purchases.filter(OF_ORDER).distinct(OrderLines::orders);
    lines.computed("orders", () -> ownOrders.value() + others.value());
    lines.filter(SOLD).count("order_lines");
    purchases.count("purchase_lines");
    lines.filter(SOLD).money("gross_revenue", OrderLines::values);
    lines.money("revenue", OrderLines::revenues);
    purchases.minimum("first_time", OrderLines::times);
    purchases.maximum("last_time", OrderLines::times);
  }
}
