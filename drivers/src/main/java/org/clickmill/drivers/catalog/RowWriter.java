package org.clickmill.drivers.catalog;

import java.io.IOException;
import java.util.List;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Prints rows in one format. Values are as {@link
 * org.clickmill.formats.read.TableReader#value(String)} gives them, but a Float where the column
 * holds floats; null is NULL.
 */
public interface RowWriter {
  /** Begins, with the names of the columns. */
  void begin(List<String> columns) throws IOException;

  /** Prints a row, which has a value for each column. */
  void write(List<Object> row) throws IOException;

  /**
   * Flushes what was printed.
   *
   * @throws ClickmillException if some of it did not arrive
   */
  void check();

  /** Ends; what is buffered is printed. */
  void end() throws IOException;
}
