package org.clickmill.jobs.example;

import java.util.List;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.groupby.GroupBy;
import org.clickmill.jobs.groupby.Grouping;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.lines.OrderLines;

/** Return lines, units and money by product and day. */
public final class ReturnedProducts extends GroupBy<OrderLines> {
  private static final String DATASET = "returned_products";
  private static final TableSchema SCHEMA =
      TableSchema.load(ReturnedProducts.class, DATASET + ".avsc");

  public ReturnedProducts() {
    super("returned-products", OrderLines::new);
  }

  @Override
  public List<Table> tables() {
    return List.of(Table.daily(DATASET, SCHEMA, Inputs.day(Datasets.EVENTS_DAILY), 1, List.of()));
  }

  @Override
  protected void declare(Grouping<OrderLines> lines) {
    lines.where(OrderLines.RETURNED);
    lines.key("product_id");
    lines.count("lines");
    lines.sum("units", OrderLines::units);
    lines.money("returned_revenue", OrderLines::values);
  }
}
