package org.clickmill.jobs.interactions;

import java.io.IOException;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.Table;

/** Numbers ids as they come, which is in the order of their bytes. */
final class DictionaryMerge implements Merge {
  private static final int ID = 0;
  private static final int INDEX = 1;

  private final Table table;
  private final MergeContext context;
  private final int first;
  private long next;

  /**
   * @param first the number of the first id
   */
  DictionaryMerge(Table table, MergeContext context, int first) {
    this.table = table;
    this.context = context;
    this.first = first;
    next = first;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    while (partials.next()) {
      // Only counts the rows that are behind it.
      partials.value();
    }
    if (next > Integer.MAX_VALUE) {
      throw ClickmillException.failed(
          "Cannot write %s of %s: there are more ids than the %d that an INT can number. Choose"
              + " fewer days with %s.",
          table.dataset(), context.start(), 1L << 31, InteractionsSettings.WINDOW_DAYS);
    }
    var row = output.row();
    row.setText(ID, key.bytes(), key.position(), key.remaining());
    row.setLong(INDEX, next++);
    output.write();
  }

  @Override
  public void end(RowSink output) {
    next = first;
  }
}
