package org.clickmill.jobs.groupby;

import java.util.Arrays;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.groupby.GroupBy.Grouping;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;

/** The groups of one table in a task, and their aggregates so far. */
final class Groups<S extends RowSource> {
  /** First byte of a partial that holds all measures but distinct ones, which are 1 and on. */
  static final byte NUMBERS = 0;

  private final String dataset;
  private final Slots slots;
  private final Measures<S> measures;

  /** Rows of each group. */
  private long[] rows = new long[64];

  private int cleared;

  Groups(Grouping<S> grouping) {
    dataset = grouping.table().dataset();
    slots = new Slots(grouping.keys());
    measures = grouping.measures();
  }

  void add(ColumnBatch batch, S source, Selection selection) {
    var slotOfRow = slots.of(batch, source, selection);
    clearNew();
    var selected = selection.rows();
    for (int i = 0; i < selection.size(); i++) {
      rows[slotOfRow[selected[i]]]++;
    }
    for (var measure : measures.longs()) {
      measure.add(source, slotOfRow);
    }
    for (var measure : measures.distincts()) {
      measure.add(source, slotOfRow);
    }
  }

  private void clearNew() {
    if (slots.size() > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(slots.size(), 2 * rows.length));
    }
    for (; cleared < slots.size(); cleared++) {
      rows[cleared] = 0;
      for (var measure : measures.longs()) {
        measure.clear(cleared);
      }
    }
  }

  long memoryBytes() {
    long bytes = slots.memoryBytes() + slots.size() * (long) Long.BYTES;
    for (var measure : measures.longs()) {
      bytes += slots.size() * measure.slotBytes();
    }
    for (var measure : measures.distincts()) {
      bytes += measure.memoryBytes();
    }
    return bytes;
  }

  void flush(Emitter emitter) {
    if (emitter.wants(dataset)) {
      emit(emitter);
    }
    slots.clear();
    measures.distincts().forEach(DistinctMeasure::forget);
    cleared = 0;
  }

  private void emit(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    measures.distincts().forEach(measure -> measure.beginWrite(slots.size()));
    for (int slot = 0; slot < slots.size(); slot++) {
      slots.putKey(slot, key.clear());
      partial.clear().putByte(NUMBERS);
      for (var measure : measures.longs()) {
        measure.write(slot, partial);
      }
      emitter.emit(dataset, key, partial, rows[slot]);
      emitHashes(emitter, slot, key, partial);
    }
  }

  private void emitHashes(Emitter emitter, int slot, ByteWriter key, ByteWriter partial) {
    for (int i = 0; i < measures.distincts().size(); i++) {
      var measure = measures.distincts().get(i);
      for (int part = 0; part < measure.partials(slot); part++) {
        measure.write(slot, part, partial.clear().putByte(NUMBERS + 1 + i));
        emitter.emit(dataset, key, partial, 0);
      }
    }
  }
}
