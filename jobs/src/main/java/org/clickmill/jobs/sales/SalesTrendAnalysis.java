package org.clickmill.jobs.sales;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.DayRows;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.RequestedDays;
import org.clickmill.jobs.kernel.SlidingAnalysis;
import org.clickmill.jobs.kernel.SlidingWindow;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.WindowRows;

/** Slides over the days of each value of the daily sales. */
public final class SalesTrendAnalysis extends SlidingAnalysis {
  @Override
  public String name() {
    return SalesTrend.NAME;
  }

  @Override
  protected List<Table> outputs() {
    return SalesTrend.all();
  }

  @Override
  protected DayRows dayRows(
      Table output, String dataset, RequestedDays days, Configuration configuration) {
    return new SalesTrendDayRows(output.schema().contains("value"));
  }

  @Override
  protected SlidingWindow window(Table output, MergeContext context, Configuration configuration) {
    return new SalesTrendWindow(output.dataset(), context.firstDay());
  }

  @Override
  protected WindowRows rows(Table output, Configuration configuration) {
    return new SalesTrendRows(output.schema());
  }
}
