package org.clickmill.jobs.customers;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Hands every row of customer_days on to the snapshots that the day belongs to. */
final class DaysFold implements Fold {
  private final RowsToEmit rows = new RowsToEmit();
  private final CustomerTotals totals = new CustomerTotals();

  @Override
  public List<String> columns() {
    return List.of("user_id", "orders", "purchase_lines", "gross_revenue", "revenue");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    long day = batch.partition().day().toEpochDay();
    var users = batch.strings("user_id");
    long[] orders = batch.longs("orders").values();
    long[] purchaseLines = batch.longs("purchase_lines").values();
    long[] gross = batch.longs("gross_revenue").values();
    long[] revenue = batch.longs("revenue").values();
    for (int row = 0; row < batch.size(); row++) {
      totals.ofDay(day, purchaseLines[row] > 0, orders[row], gross[row], revenue[row]);
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
