package org.clickmill.drivers.catalog;

import java.io.PrintWriter;
import org.clickmill.formats.failure.ClickmillException;

/** Rows that are printed where errors are only told when asked for. */
abstract class PrintedRows implements RowWriter {
  final PrintWriter out;

  PrintedRows(PrintWriter out) {
    this.out = out;
  }

  @Override
  public final void check() {
    if (out.checkError()) {
      throw ClickmillException.failed(
          "Cannot write rows: the output takes no more (a full disk, or a closed pipe)");
    }
  }
}
