package org.clickmill.jobs.views;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.DayRows;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.RequestedDays;
import org.clickmill.jobs.kernel.SlidingAnalysis;
import org.clickmill.jobs.kernel.SlidingWindow;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.WindowRows;

/** Slides the windows of trending over the days of each product, and ranks the products of each. */
public final class TrendingAnalysis extends SlidingAnalysis {

  @Override
  public String name() {
    return Trending.DATASET;
  }

  @Override
  protected List<Table> outputs() {
    return List.of(Trending.table(new Configuration(false)));
  }

  @Override
  protected DayRows dayRows(
      Table output, String dataset, RequestedDays days, Configuration configuration) {
    return new TrendingDayRows(days, TrendingWindows.of(configuration).longest());
  }

  @Override
  protected SlidingWindow window(Table output, MergeContext context, Configuration configuration) {
    return new TrendingWindow(TrendingWindows.of(configuration));
  }

  @Override
  protected WindowRows rows(Table output, Configuration configuration) {
    return new TrendingRows(TrendingWindows.of(configuration));
  }
}
