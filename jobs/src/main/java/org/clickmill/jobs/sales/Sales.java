package org.clickmill.jobs.sales;

import static org.clickmill.jobs.lines.LineKind.ADJUSTMENT;
import static org.clickmill.jobs.lines.LineKind.FREE;
import static org.clickmill.jobs.lines.LineKind.RETURNED;
import static org.clickmill.jobs.lines.LineKind.SOLD;
import static org.clickmill.jobs.lines.LineKind.WITHOUT_PRICE;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.write.Row;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Keys;
import org.clickmill.jobs.groupby.Measures;
import org.clickmill.jobs.kernel.MergeContext;
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

  @Override
  public String name() {
    return "sales";
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
  protected OrderLines source() {
    return new OrderLines();
  }

  @Override
  protected Keys keys(Table table) {
    return salesTable(table).keys();
  }

  @Override
  protected void measures(Table table, Measures<OrderLines> lines) {
    var sold = lines.where(rows -> rows.of(SOLD));
    var returned = lines.where(rows -> rows.of(RETURNED));
    sold.count("order_lines");
    lines.where(rows -> rows.of(FREE)).count("free_lines");
    lines.where(rows -> rows.of(WITHOUT_PRICE)).count("lines_without_price");
    var units = sold.sum("units_sold", OrderLines::units);
    returned.sum("units_returned", OrderLines::units);

    var ownOrders = lines.where(OrderLines::ownOrders).count(null);
    var ofOrders = lines.where(OrderLines::orders).distinct(null, OrderLines::orderHashes);
    lines.value("orders", group -> ownOrders.value(group) + ofOrders.value(group));
    var ownReturns = lines.where(OrderLines::ownReturns).count(null);
    var ofReturns = lines.where(OrderLines::returns).distinct(null, OrderLines::orderHashes);
    lines.value("returns", group -> ownReturns.value(group) + ofReturns.value(group));
    lines.where(OrderLines::customers).distinct("customers", OrderLines::customerHashes);

    var gross = sold.money("gross_revenue", OrderLines::values);
    var back = returned.money("returned_revenue", OrderLines::values);
    var adjusted =
        lines.where(rows -> rows.of(ADJUSTMENT)).money("adjustments", OrderLines::values);
    lines.money(
        "revenue",
        group ->
            Math.addExact(
                Math.subtractExact(gross.value(group), back.value(group)), adjusted.value(group)));
    lines.money(
        "average_price",
        group -> Money.average(gross.value(group), units.value(group)),
        group -> units.value(group) > 0);
    lines.money(
        "average_order_value",
        group -> Money.average(gross.value(group), ownOrders.value(group) + ofOrders.value(group)),
        group -> ownOrders.value(group) + ofOrders.value(group) > 0);
    sold.minimumMoney("minimum_price", OrderLines::prices);
    sold.maximumMoney("maximum_price", OrderLines::prices);
  }

  @Override
  protected Set<String> otherColumns(Table table) {
    return salesTable(table).isOfSeveralDays() ? Set.of("bucket_start", "is_complete") : Set.of();
  }

  @Override
  protected void complete(Row row, Table table, MergeContext context) {
    if (salesTable(table).isOfSeveralDays()) {
      long start = context.start().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      row.setLong(table.schema().ordinal("bucket_start"), start);
      row.setBoolean(table.schema().ordinal("is_complete"), context.isComplete());
    }
  }

  private static SalesTable salesTable(Table table) {
    return SalesTable.named(table.dataset()).orElseThrow();
  }
}
