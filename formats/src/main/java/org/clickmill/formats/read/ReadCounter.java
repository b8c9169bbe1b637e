package org.clickmill.formats.read;

/** What {@link BatchInputFormat} counts. */
public enum ReadCounter {
  /** Rows of the batches given to mappers. */
  ROWS_READ,
  /** Rows of row groups that were skipped because they cannot hold a wanted row. */
  ROWS_SKIPPED
}
