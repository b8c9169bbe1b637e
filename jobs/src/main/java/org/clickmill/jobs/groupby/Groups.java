package org.clickmill.jobs.groupby;

import java.util.Arrays;
import java.util.List;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;

/** The groups of one table in a mapper, and their aggregates so far. */
final class Groups<S extends RowSource> {
  /**
   * First byte of a partial that holds the first part of every measure. The other parts of a
   * measure have partials of their own, which begin with its place among the measures, from 1 on.
   */
  static final byte FIRST_PARTS = 0;

  private final String dataset;
  private final Slots slots;
  private final List<Measure<S>> measures;

  /** Rows of each group. */
  private long[] rowCounts = new long[64];

  private int open;

  Groups(Grouping<S> grouping) {
    dataset = grouping.table().dataset();
    slots = new Slots(grouping.keys());
    measures = grouping.measures();
  }

  void add(Rows<S> rows) {
    var groups = slots.of(rows);
    if (slots.size() > open) {
      open(slots.size());
    }
    var selected = rows.all().rows();
    int size = rows.all().size();
    for (int i = 0; i < size; i++) {
      rowCounts[groups[selected[i]]]++;
    }
    for (var measure : measures) {
      measure.add(rows, groups);
    }
  }

  private void open(int size) {
    if (size > rowCounts.length) {
      rowCounts = Arrays.copyOf(rowCounts, Math.max(size, 2 * rowCounts.length));
    }
    Arrays.fill(rowCounts, open, size, 0);
    for (var measure : measures) {
      measure.open(open, size);
    }
    open = size;
  }

  long memoryBytes() {
    long bytes = slots.memoryBytes() + (long) Long.BYTES * rowCounts.length;
    for (var measure : measures) {
      bytes += measure.memoryBytes();
    }
    return bytes;
  }

  void flush(Emitter emitter) {
    if (emitter.wants(dataset)) {
      emit(emitter);
    }
    slots.clear();
    measures.forEach(Measure::clear);
    open = 0;
    if (rowCounts.length > Measure.KEPT_GROUPS) {
      rowCounts = new long[64];
    }
  }

  private void emit(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    measures.forEach(measure -> measure.beginWrite(open));
    for (int group = 0; group < open; group++) {
      slots.putKey(group, key.clear());
      partial.clear().putByte(FIRST_PARTS);
      for (int i = 0; i < measures.size(); i++) {
        measures.get(i).write(group, 0, partial);
      }
      emitter.emit(dataset, key, partial, rowCounts[group]);
      emitOtherParts(emitter, group, key, partial);
    }
  }

  private void emitOtherParts(Emitter emitter, int group, ByteWriter key, ByteWriter partial) {
    for (int i = 0; i < measures.size(); i++) {
      var measure = measures.get(i);
      for (int part = 1; part < measure.parts(group); part++) {
        measure.write(group, part, partial.clear().putByte(FIRST_PARTS + 1 + i));
        emitter.emit(dataset, key, partial, 0);
      }
    }
  }
}
