package org.clickmill.jobs.customers;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Hands every row of an older snapshot on to those that begin with it. */
final class SnapshotFold implements Fold {
  private final RowsToEmit rows = new RowsToEmit();
  private final CustomerTotals totals = new CustomerTotals();

  @Override
  public List<String> columns() {
    return List.of(
        "user_id",
        "orders",
        "purchase_days",
        "first_day",
        "last_day",
        "gross_revenue",
        "revenue",
        "purchase_day_revenue",
        "first_day_revenue");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var users = batch.strings("user_id");
    long[] orders = batch.longs("orders").values();
    long[] purchaseDays = batch.longs("purchase_days").values();
    long[] firstDays = batch.longs("first_day").values();
    long[] lastDays = batch.longs("last_day").values();
    long[] gross = batch.longs("gross_revenue").values();
    long[] revenue = batch.longs("revenue").values();
    long[] purchaseDayRevenue = batch.longs("purchase_day_revenue").values();
    long[] firstDayRevenue = batch.longs("first_day_revenue").values();
    for (int row = 0; row < batch.size(); row++) {
      totals.orders = orders[row];
      totals.purchaseDays = purchaseDays[row];
      totals.firstDay = firstDays[row];
      totals.lastDay = lastDays[row];
      totals.gross = gross[row];
      totals.revenue = revenue[row];
      totals.purchaseDayRevenue = purchaseDayRevenue[row];
      totals.firstDayRevenue = firstDayRevenue[row];
      rows.add(users, row, totals);
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return rows.memoryBytes();
  }

  @Override
  public void flush(Emitter emitter) {
    rows.flush(emitter);
  }
}
