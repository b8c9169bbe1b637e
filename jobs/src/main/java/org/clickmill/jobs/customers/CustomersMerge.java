package org.clickmill.jobs.customers;

import java.io.IOException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up what all days tell of a customer. */
final class CustomersMerge implements Merge {
  private final TableSchema schema;
  private final CustomerRows rows;
  private final CustomerTotals totals = new CustomerTotals();

  CustomersMerge(TableSchema schema, MergeContext context) {
    this.schema = schema;
    rows = new CustomerRows(Customers.DATASET, schema, context);
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    totals.clear();
    try {
      while (partials.next()) {
        totals.merge(partials.value());
      }
    } catch (ArithmeticException e) {
      throw rows.overflow(key, e);
    }
    var row = output.row();
    rows.setUser(row, key);
    rows.setLong(row, "orders", totals.orders);
    rows.setLong(row, "purchase_days", totals.purchaseDays);
    if (totals.purchaseDays > 0) {
      rows.setLong(row, "first_day", totals.firstDay);
      rows.setLong(row, "last_day", totals.lastDay);
    }
    rows.setMoney(row, "gross_revenue", totals.gross, key);
    rows.setMoney(row, "revenue", totals.revenue, key);
    rows.setMoney(row, "purchase_day_revenue", totals.purchaseDayRevenue, key);
    rows.setMoney(row, "first_day_revenue", totals.firstDayRevenue, key);
    row.setBoolean(schema.ordinal("returns_only"), totals.purchaseDays == 0);
    output.write();
  }
}
