package org.clickmill.jobs.customers;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;

/** The rows of an older snapshot of cohorts. */
final class CohortSnapshotRows implements CohortRows {
  private long[] cohorts;
  private long[] monthsSince;
  private long[] activeCustomers;
  private long[] orders;
  private long[] revenue;

  @Override
  public List<String> columns() {
    return List.of("cohort", "months_since", "active_customers", "orders", "revenue");
  }

  @Override
  public void begin(ColumnBatch batch) {
    cohorts = batch.longs("cohort").values();
    monthsSince = batch.longs("months_since").values();
    activeCustomers = batch.longs("active_customers").values();
    orders = batch.longs("orders").values();
    revenue = batch.longs("revenue").values();
  }

  @Override
  public CohortCell cell(int row) {
    return new CohortCell(CohortCell.month(cohorts[row]), monthsSince[row]);
  }

  @Override
  public void addTo(CohortFigures figures, int row) {
    figures.add(activeCustomers[row], orders[row], revenue[row]);
  }
}
