package org.clickmill.jobs.orders;

import static org.clickmill.jobs.lines.OrderLines.OF_CUSTOMER;
import static org.clickmill.jobs.lines.OrderLines.RETURNED;
import static org.clickmill.jobs.lines.OrderLines.SOLD;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;

/**
 * The lines of each order on a day. No setting asks for it; it is there for the tables that are
 * made from it.
 */
public final class OrderDays extends GroupBy<OrderDayLines> {
  static final String DATASET = "order_days";

  private static final TableSchema SCHEMA = TableSchema.load(OrderDays.class, DATASET + ".avsc");

  static final List<String> COLUMNS =
      SCHEMA.columns().stream().map(TableSchema.Column::name).toList();

  public OrderDays() {
    super("order-days", OrderDayLines::new);
  }

  @Override
  public List<Table> tables() {
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), 1, List.of()));
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return List.of();
  }

  @Override
  protected void declare(Grouping<OrderDayLines> lines) {
    lines.computedKey(0, "order_key", Type.STRING);
    var sold = lines.filter(SOLD);
    var returned = lines.filter(RETURNED);
    sold.last("event_time", List.of("order_id", "visitor_id", "user_session"));
    sold.filter(OF_CUSTOMER).last("event_time", List.of("user_id"));
    sold.minimum("first_time", OrderDayLines::times);
    sold.maximum("last_time", OrderDayLines::times);
    sold.count("order_lines");
    sold.sum("units", OrderDayLines::units);
    returned.sum("units_returned", OrderDayLines::units);
    sold.money("gross_revenue", OrderDayLines::values);
    returned.money("returned_revenue", OrderDayLines::values);
    lines.money("revenue", OrderDayLines::revenues);
  }
}
