package org.clickmill.jobs.live;

import java.io.IOException;
import java.time.LocalDate;

/** Says of which days the batch tables are fresh. */
@FunctionalInterface
public interface Freshness {
  /** Whether the tables that are made from a day's events are published and fresh. */
  boolean isFresh(LocalDate day) throws IOException;
}
