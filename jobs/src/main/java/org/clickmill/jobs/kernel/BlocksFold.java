package org.clickmill.jobs.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;

/** Unpacks the rows that {@link BlockWriter} packed, and emits each by itself. */
final class BlocksFold implements Fold {
  private final String table;
  private final Emitter emitter;
  private final ByteReader entries = new ByteReader();
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter value = new ByteWriter();

  BlocksFold(String table, Emitter emitter) {
    this.table = table;
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return List.of("entries", "block");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var blocks = batch.strings("block");
    long[] counts = batch.longs("entries").values();
    for (int row = 0; row < batch.size(); row++) {
      int block = blocks.ids()[row];
      entries.reset(blocks.bytes(), blocks.offset(block), blocks.length(block));
      long left = counts[row];
      // A block is one row of its table: only its first entry counts as a row.
      for (int events = 1; entries.remaining() > 0; events = 0, left--) {
        read(key);
        read(value);
        emitter.emit(table, key, value, events);
      }
      if (left != 0) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "A block of %s has %d rows, but %d were written",
                batch.partition(),
                counts[row] - left,
                counts[row]));
      }
    }
    return batch.size();
  }

  private void read(ByteWriter target) {
    int length = entries.readTextLength();
    target.clear().putBytes(entries.bytes(), entries.position(), length);
    entries.skip(length);
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
