package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Finds the sessions that lie within a batch, more than a gap away from both its ends, so that no
 * event outside can belong to them. They are written as they are found, visitor after visitor, and
 * nothing of them is kept; the rows of all others are left to who sees more than a batch.
 */
final class BatchSessions {
  private final SessionOutput output;
  private final TextDictionary texts = new TextDictionary();
  private final EventColumns columns = EventColumns.forBatchOnly(texts);
  private final FoundSession session = new FoundSession(new SessionEvents(texts));
  private final VisitorRows visitors = new VisitorRows();
  private boolean[] isLeft = new boolean[0];
  private long[] times;
  private long first;
  private long last;
  private long written;

  BatchSessions(SessionOutput output) {
    this.output = output;
  }

  /**
   * Writes the sessions within a batch, whose rows are in the order of their times.
   *
   * @return the number of events in them
   */
  long write(ColumnBatch batch) throws IOException {
    if (isLeft.length < batch.size()) {
      isLeft = new boolean[batch.size()];
    }
    Arrays.fill(isLeft, false);
    columns.begin(batch);
    visitors.group(batch, columns);
    columns.readAll(visitors.rows(), visitors.size(), session.events);
    times = session.events.times;
    first = columns.times()[0];
    last = columns.times()[batch.size() - 1];
    written = 0;
    for (int visitor = 0; visitor < visitors.count(); visitor++) {
      split(visitors.start(visitor), visitors.start(visitor + 1));
    }
    writeWithoutVisitor();
    output.flush(texts);
    return written;
  }

  /** Whether a row of the batch belongs to a session that may reach beyond it. */
  boolean isLeft(int row) {
    return isLeft[row];
  }

  /** Splits a visitor's events where there is a gap. */
  private void split(int from, int to) throws IOException {
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || times[i] - times[i - 1] > SessionRules.GAP) {
        take(start, i);
        start = i;
      }
    }
  }

  private void take(int from, int to) throws IOException {
    int[] rows = visitors.rows();
    if (times[from] - first <= SessionRules.GAP || last - times[to - 1] <= SessionRules.GAP) {
      for (int i = from; i < to; i++) {
        isLeft[rows[i]] = true;
      }
      return;
    }
    session.from = from;
    session.to = to;
    columns.identify(rows[from]);
    session.visitorKind = columns.visitorKind();
    session.visitor = columns.visitor();
    written += output.collect(session);
  }

  private void writeWithoutVisitor() throws IOException {
    var rows = visitors.withoutVisitor();
    session.from = 0;
    session.to = 1;
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.getInt(i);
      session.events.resize(1);
      columns.read(row, session.events, 0);
      written += output.writeWithoutVisitor(session, columns.hash(row));
    }
  }
}
