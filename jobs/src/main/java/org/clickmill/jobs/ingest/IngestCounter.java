package org.clickmill.jobs.ingest;

/**
 * The counters of import and compact: {@code RECORDS_READ + ADDED + EVENTS_CARRIED = EVENTS_WRITTEN
 * + DUPLICATES + REJECTED + FILTERED + FORGOTTEN}.
 */
public enum IngestCounter {
  RECORDS_READ,
  /** Events and rejects beyond the first of their record, where a record becomes several. */
  ADDED,
  /** Events of published hours that are written again because a file in them is replaced. */
  EVENTS_CARRIED,
  EVENTS_WRITTEN,
  /** Dropped: imported before, or the same event again. */
  DUPLICATES,
  REJECTED,
  /** Records that the mapping leaves out: by conditions, or because they have no items. */
  FILTERED,
  /** Events of users and visitors on the suppression list. */
  FORGOTTEN,
  /** Prices that the mapping rounded. */
  PRICES_ROUNDED,
  /** Imported files in which some record was an event. */
  FILES_WITH_EVENTS,
  /** Files that were corrupt and skipped. */
  FILES_SKIPPED
}
