package org.clickmill.jobs.ingest;

/**
 * The counters of import and compact: {@code RECORDS_READ + EVENTS_CARRIED = EVENTS_WRITTEN +
 * DUPLICATES + REJECTED}.
 */
public enum IngestCounter {
  RECORDS_READ,
  /** Events of published hours that are written again because a file in them is replaced. */
  EVENTS_CARRIED,
  EVENTS_WRITTEN,
  /** Dropped: imported before, or the same event again. */
  DUPLICATES,
  REJECTED,
  /** Prices that the mapping rounded. */
  PRICES_ROUNDED,
  /** Imported files in which some record was an event. */
  FILES_WITH_EVENTS,
  /** Files that were corrupt and passed over. */
  FILES_SKIPPED
}
