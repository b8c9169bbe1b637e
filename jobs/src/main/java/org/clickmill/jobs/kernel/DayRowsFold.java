package org.clickmill.jobs.kernel;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;

/** Emits every row of a day once, by key and day. There is nothing to add up. */
final class DayRowsFold implements Fold {
  private final DayRows rows;
  private final String table;
  private final Emitter emitter;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter dayKey = new ByteWriter();
  private final ByteWriter value = new ByteWriter();

  DayRowsFold(DayRows rows, String table, Emitter emitter) {
    this.rows = rows;
    this.table = table;
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return rows.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    rows.begin(batch);
    long day = batch.partition().day().toEpochDay();
    for (int row = 0; row < batch.size(); row++) {
      rows.put(row, key.clear(), value.clear());
      DayKey.put(dayKey.clear(), key.bytes(), 0, key.length(), day);
      emitter.emit(table, dayKey, value, 1);
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
