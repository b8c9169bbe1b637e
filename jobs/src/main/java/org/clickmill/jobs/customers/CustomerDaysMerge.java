package org.clickmill.jobs.customers;

import java.io.IOException;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.GroupedHashSet;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up the partial sums of a customer on a day, and counts the distinct orders. */
final class CustomerDaysMerge implements Merge {
  /** First byte of a partial that holds sums. */
  static final byte TOTALS = 0;

  /** First byte of a partial that holds hashes of orders. */
  static final byte ORDERS = 1;

  private final CustomerRows rows;
  private final DayTotals totals = new DayTotals();
  private final GroupedHashSet distinct = new GroupedHashSet();

  CustomerDaysMerge(TableSchema schema, MergeContext context) {
    rows = new CustomerRows(CustomerDays.DATASET, schema, context);
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    totals.clear(0);
    distinct.clear();
    try {
      while (partials.next()) {
        merge(partials.value());
      }
    } catch (ArithmeticException e) {
      throw rows.overflow(key, e);
    }
    var row = output.row();
    rows.setUser(row, key);
    rows.setLong(row, "orders", totals.ownOrders(0) + distinct.size());
    rows.setLong(row, "order_lines", totals.orderLines(0));
    rows.setLong(row, "purchase_lines", totals.purchaseLines(0));
    rows.setMoney(row, "gross_revenue", totals.gross(0), key);
    rows.setMoney(row, "revenue", totals.revenue(0), key);
    if (totals.purchaseLines(0) > 0) {
      rows.setLong(row, "first_time", totals.firstTime(0));
      rows.setLong(row, "last_time", totals.lastTime(0));
    }
    output.write();
  }

  private void merge(ByteReader partial) {
    if (partial.readByte() == TOTALS) {
      totals.merge(0, partial);
      return;
    }
    for (long left = partial.readUnsigned(); left > 0; left--) {
      distinct.add(0, partial.readFixed(), partial.readFixed());
    }
  }
}
