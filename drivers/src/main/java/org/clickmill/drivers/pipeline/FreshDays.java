package org.clickmill.drivers.pipeline;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.Freshness;

/**
 * Which days' batch tables are fresh: {@code events_daily} and all tables of a day that the
 * settings ask for and that are made from it. Metrics do not count: one that is refused or edited
 * would keep its days live.
 */
public final class FreshDays implements Freshness {
  private final Pipeline pipeline;

  public FreshDays(Run run) {
    var entries = Suite.entries(run.configuration()).stream().filter(FreshDays::isOfDay).toList();
    pipeline = new Pipeline(run, entries, PlanOptions.STATUS);
  }

  private static boolean isOfDay(Entry entry) {
    return entry.table().dataset().equals(Datasets.EVENTS_DAILY)
        || (entry.isAnalyzed() && !entry.isMetric() && entry.table().grain() == Grain.DAY);
  }

  @Override
  public Set<LocalDate> fresh(SortedSet<LocalDate> days) throws IOException {
    var fresh = new TreeSet<LocalDate>();
    var others = new TreeSet<LocalDate>();
    for (var partition : pipeline.status(new DayRange(days.first(), days.last()))) {
      boolean isFresh =
          switch (partition.state()) {
            case FRESH, OUTDATED, EXPIRED -> true;
            case STALE, MAY_BECOME_STALE, NOT_READY -> false;
          };
      (isFresh ? fresh : others).add(partition.start());
    }
    fresh.removeAll(others);
    fresh.retainAll(days);
    return fresh;
  }
}
