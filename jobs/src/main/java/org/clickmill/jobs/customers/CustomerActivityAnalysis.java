package org.clickmill.jobs.customers;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.DayRows;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.RequestedDays;
import org.clickmill.jobs.kernel.SlidingAnalysis;
import org.clickmill.jobs.kernel.SlidingWindow;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.WindowRows;

/**
 * Goes through the days of each customer in order, beginning with the newest snapshot before the
 * first of them, so that a new day costs that snapshot and the day, however many there were.
 */
public final class CustomerActivityAnalysis extends SlidingAnalysis {
  @Override
  public String name() {
    return CustomerActivity.NAME;
  }

  @Override
  protected List<Table> outputs() {
    return List.of(CustomerActivity.table());
  }

  @Override
  protected Set<Partition> reads(
      Table output, List<LocalDate> requested, Catalog catalog, Configuration configuration) {
    return new SnapshotStart(catalog, configuration)
        .reads(Customers.table(), requested.get(0), requested.get(requested.size() - 1));
  }

  @Override
  protected List<Partition> keys(Table output, LocalDate day, LocalDate firstDay) {
    return List.of(Partition.ofDay(CustomerDays.DATASET, day));
  }

  @Override
  protected DayRows dayRows(
      Table output, String dataset, RequestedDays days, Configuration configuration) {
    return dataset.equals(Customers.DATASET) ? new KnownCustomerRows() : new ActivityDayRows();
  }

  @Override
  protected SlidingWindow window(Table output, MergeContext context, Configuration configuration) {
    return new ActivityWindow();
  }

  @Override
  protected WindowRows rows(Table output, Configuration configuration) {
    return new ActivityRows(output.schema());
  }
}
