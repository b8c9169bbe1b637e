package org.clickmill.jobs.kernel;

import java.io.IOException;
import org.clickmill.formats.table.Row;

/** Takes the rows of one partition of a table. */
public interface RowSink {
  /** An empty row of the table's schema, reused by each call. */
  Row row() throws IOException;

  /** Writes what {@link #row()} holds. */
  void write() throws IOException;
}
