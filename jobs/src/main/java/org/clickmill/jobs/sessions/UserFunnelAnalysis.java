package org.clickmill.jobs.sessions;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.DayRows;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.RequestedDays;
import org.clickmill.jobs.kernel.SlidingAnalysis;
import org.clickmill.jobs.kernel.SlidingWindow;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.WindowRows;

/** Slides over the days of each visitor, and counts the visitors of each day's window. */
public final class UserFunnelAnalysis extends SlidingAnalysis {
  @Override
  public String name() {
    return UserFunnel.NAME;
  }

  @Override
  protected List<Table> outputs() {
    return List.of(UserFunnel.table(new Configuration(false)));
  }

  @Override
  protected DayRows dayRows(
      Table output, String dataset, RequestedDays days, Configuration configuration) {
    return new UserStepRows();
  }

  @Override
  protected SlidingWindow window(Table output, MergeContext context, Configuration configuration) {
    return new UserFunnelWindow(
        FunnelSettings.definitions(configuration),
        SessionsSettings.limits(configuration),
        UserFunnel.WINDOW_DAYS.get(configuration));
  }

  @Override
  protected WindowRows rows(Table output, Configuration configuration) {
    return new UserFunnelRows(
        FunnelSettings.definitions(configuration), UserFunnel.WINDOW_DAYS.get(configuration));
  }
}
