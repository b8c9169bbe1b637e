package org.clickmill.jobs.kernel;

/** The counters of fold jobs. What every mapper wrote, every reducer must have read. */
public enum FoldCounter {
  /** Rows of the input handed to the mappers. */
  ROWS_READ,
  /** Rows that some fold took; each counts once for each table that it was emitted to. */
  PARTIAL_EVENTS_WRITTEN,
  /** The same, as the reducers read them. */
  PARTIAL_EVENTS_MERGED,
  /** Partials that folds emitted, those too that hold no rows, such as hashes to be counted. */
  PARTIALS_WRITTEN,
  /** Partials that merges read. */
  PARTIALS_MERGED,
  /** Rows of all tables together. */
  ROWS_WRITTEN
}
