package org.clickmill.jobs.products;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.DayRows;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.RequestedDays;
import org.clickmill.jobs.kernel.SlidingAnalysis;
import org.clickmill.jobs.kernel.SlidingWindow;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.WindowRows;

/** Slides over the days of each product. */
public final class ProductPerformanceAnalysis extends SlidingAnalysis {
  @Override
  public String name() {
    return ProductPerformance.NAME;
  }

  @Override
  protected List<Table> outputs() {
    return List.of(ProductPerformance.table());
  }

  @Override
  protected DayRows dayRows(
      Table output, String dataset, RequestedDays days, Configuration configuration) {
    return dataset.equals(PerformanceInputs.SALES)
        ? new ProductSalesRows()
        : new ProductSessionsRows();
  }

  @Override
  protected SlidingWindow window(Table output, MergeContext context, Configuration configuration) {
    return new ProductWindow(context.firstDay());
  }

  @Override
  protected WindowRows rows(Table output, Configuration configuration) {
    return new ProductPerformanceRows();
  }
}
