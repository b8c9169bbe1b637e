package org.clickmill.jobs.customers;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.LongColumn;

/**
 * The customers of a day. One is active in a month once: on the first purchase day in it, the one
 * before which lies in another month.
 */
final class CohortDayRows implements CohortRows {
  private LongColumn firstDays;
  private LongColumn previousDays;
  private long[] purchaseLines;
  private long[] orders;
  private long[] revenue;
  private long month;

  @Override
  public List<String> columns() {
    return List.of("first_day", "previous_day", "purchase_lines", "orders", "revenue");
  }

  @Override
  public void begin(ColumnBatch batch) {
    month = CohortCell.month(batch.partition().day().toEpochDay());
    firstDays = batch.longs("first_day");
    previousDays = batch.longs("previous_day");
    purchaseLines = batch.longs("purchase_lines").values();
    orders = batch.longs("orders").values();
    revenue = batch.longs("revenue").values();
  }

  @Override
  public CohortCell cell(int row) {
    if (firstDays.isNull(row)) {
      return null;
    }
    long cohort = CohortCell.month(firstDays.values()[row]);
    return new CohortCell(cohort, month - cohort);
  }

  @Override
  public void addTo(CohortFigures figures, int row) {
    boolean isActiveAlready =
        !previousDays.isNull(row) && CohortCell.month(previousDays.values()[row]) == month;
    boolean isNowActive = purchaseLines[row] > 0 && !isActiveAlready;
    figures.add(isNowActive ? 1 : 0, orders[row], revenue[row]);
  }
}
