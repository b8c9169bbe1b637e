package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.RowCopy;

/**
 * Copies the published rows of a day that is being finished, but for those of sessions that were
 * open when the day ended: these are made anew from the table of open sessions and the next day.
 */
final class FinishedRowsFold implements Fold {
  private final FoldContext context;
  private final RowCopy rowCopy;
  private long rows;

  FinishedRowsFold(FoldContext context, TableSchema schema) {
    this.context = context;
    rowCopy = new RowCopy(schema, schema);
  }

  @Override
  public List<String> columns() {
    return rowCopy.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) throws IOException {
    var sink = context.rows(context.dataset(), batch.partition().day());
    boolean[] wereOpen =
        context.dataset().equals(Sessions.SESSIONS) ? openSessions(batch) : openFunnels(batch);
    for (int row = 0; row < batch.size(); row++) {
      if (!wereOpen[row]) {
        rowCopy.copy(batch, row, sink.row());
        sink.write();
      }
    }
    rows += batch.size();
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter emitter) {
    emitter
        .starts(Sessions.SESSIONS)
        .forEach(start -> emitter.finished(Sessions.SESSIONS, start, rows));
    rows = 0;
  }

  /** A session's last event tells: before midnight by less than a gap, or after it. */
  private static boolean[] openSessions(ColumnBatch batch) {
    long midnight =
        batch.partition().day().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    var ends = batch.longs("end_time").values();
    var visitors = batch.strings("visitor").ids();
    var open = new boolean[batch.size()];
    for (int row = 0; row < open.length; row++) {
      open[row] = visitors[row] >= 0 && ends[row] + SessionRules.GAP >= midnight;
    }
    return open;
  }

  private static boolean[] openFunnels(ColumnBatch batch) {
    var flags = batch.longs("is_open").values();
    var open = new boolean[batch.size()];
    for (int row = 0; row < open.length; row++) {
      open[row] = flags[row] != 0;
    }
    return open;
  }
}
