package org.clickmill.jobs.live;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Set;
import java.util.SortedSet;

/** Says of which days the batch tables are fresh. */
@FunctionalInterface
public interface Freshness {
  /** Those of some days whose tables, made from the day's events, are published and fresh. */
  Set<LocalDate> fresh(SortedSet<LocalDate> days) throws IOException;
}
