package org.clickmill.jobs.sales;

import static org.clickmill.jobs.lines.OrderLines.ADJUSTMENT;
import static org.clickmill.jobs.lines.OrderLines.FREE;
import static org.clickmill.jobs.lines.OrderLines.OF_CUSTOMER;
import static org.clickmill.jobs.lines.OrderLines.OF_ORDER;
import static org.clickmill.jobs.lines.OrderLines.OWN_ORDER;
import static org.clickmill.jobs.lines.OrderLines.RETURNED;
import static org.clickmill.jobs.lines.OrderLines.SOLD;
import static org.clickmill.jobs.lines.OrderLines.WITHOUT_PRICE;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.event.Money;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.groupby.Measures;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.lines.OrderLines;

/** Sales of the shop and by category, brand and product, at any grain from minutes to months. */
public final class Sales extends GroupBy<OrderLines> {
  private static final List<Table> ALL = SalesTable.all().stream().map(SalesTable::table).toList();

  public static final ConfigKey<List<String>> TABLES =
      ConfigKey.ofList(
          "clickmill.sales.tables",
          "sales,sales_by_category,sales_by_brand,sales_by_product,sales_hourly",
          ALL.stream().map(Table::dataset).toList(),
          "The tables that sales, analyze and pipeline write.");

  public Sales() {
    super("sales", OrderLines::new);
  }

  @Override
  public List<Table> tables() {
    return ALL;
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    var wanted = Set.copyOf(TABLES.get(configuration));
    return tables().stream().filter(table -> wanted.contains(table.dataset())).toList();
  }

  @Override
  protected void declare(Grouping<OrderLines> lines) {
    var table = SalesTable.named(lines.table().dataset()).orElseThrow();
    table.declareKeys(lines);

    var sold = lines.filter(SOLD);
    var returned = lines.filter(RETURNED);
    sold.count("order_lines");
    lines.filter(FREE).count("free_lines");
    lines.filter(WITHOUT_PRICE).count("lines_without_price");
    var units = sold.sum("units_sold", OrderLines::units);
    returned.sum("units_returned", OrderLines::units);

    var orders = orders(sold);
    lines.computed("orders", orders);
    lines.computed("returns", orders(returned));
    sold.filter(OF_CUSTOMER).distinct("customers", OrderLines::customers);

    var gross = sold.money("gross_revenue", OrderLines::values);
    returned.money("returned_revenue", OrderLines::values);
    lines.filter(ADJUSTMENT).money("adjustments", OrderLines::values);
    lines.money("revenue", OrderLines::revenues);
    lines.computedMoney(
        "average_price",
        () -> Money.average(gross.value(), units.value()),
        () -> units.value() > 0);
    lines.computedMoney(
        "average_order_value",
        () -> Money.average(gross.value(), orders.getAsLong()),
        () -> orders.getAsLong() > 0);
    sold.minimum("minimum_price", OrderLines::prices);
    sold.maximum("maximum_price", OrderLines::prices);
  }

  /** How many orders lines belong to. */
  private static LongSupplier orders(Measures<OrderLines> lines) {
    var own = lines.filter(OWN_ORDER).count();
    var others = lines.filter(OF_ORDER).distinct(OrderLines::orders);
    return () -> own.value() + others.value();
  }
}
