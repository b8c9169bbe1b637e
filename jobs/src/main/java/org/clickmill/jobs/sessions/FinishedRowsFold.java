package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;

/**
 * Copies the published rows of a day that is being finished, but for those of sessions that were
 * open when the day ended: these are made anew from the table of open sessions and the next day.
 */
final class FinishedRowsFold implements Fold {
  private final FoldContext context;
  private final TableSchema schema;
  private long rows;

  FinishedRowsFold(FoldContext context, TableSchema schema) {
    this.context = context;
    this.schema = schema;
  }

  @Override
  public List<String> columns() {
    return schema.columns().stream().map(TableSchema.Column::name).toList();
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
        var target = sink.row();
        for (int column = 0; column < schema.columns().size(); column++) {
          copy(batch, row, column, target);
        }
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

  private void copy(ColumnBatch batch, int row, int column, Row target) {
    var name = schema.columns().get(column).name();
    var type = schema.columns().get(column).type();
    if (type.isBytes()) {
      var texts = batch.strings(name);
      int id = texts.ids()[row];
      if (id >= 0) {
        target.setText(column, texts.bytes(), texts.offset(id), texts.length(id));
      }
      return;
    }
    var numbers = batch.longs(name);
    if (numbers.isNull(row)) {
      return;
    }
    if (type.isLong()) {
      target.setLong(column, numbers.values()[row]);
    } else {
      target.setBoolean(column, numbers.values()[row] != 0);
    }
  }
}
