package org.clickmill.formats.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Reads one file, or a range of one, batch by batch. A file that cannot be read ends as a {@link
 * org.clickmill.formats.failure.ClickmillException} that names it, from any method here and from
 * the batch's columns.
 */
public interface BatchReader extends Closeable {
  /** Moves to the next batch. The one before is no longer valid. */
  boolean next() throws IOException;

  /** The batch that {@link #next} moved to; never empty. */
  ColumnBatch batch();

  /** Rows that were skipped so far because no row of their row group can be wanted. */
  long rowsSkipped();

  /** The names of the file's columns, known or not. */
  List<String> fileColumns();
}
