package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.TextDictionary;

/** The partial counts of one table: a slot for each funnel and value of its dimension. */
final class FunnelCube {
  private static final byte[] NONE = TextCondition.NONE.getBytes(StandardCharsets.UTF_8);
  private static final int NO_SLOT = -1;

  private final FunnelDimension dimension;
  private final List<FunnelDefinition> definitions;
  private final TextDictionary values = new TextDictionary();
  private final Long2IntOpenHashMap slots = new Long2IntOpenHashMap();
  private final List<FunnelCounts> counts = new ArrayList<>();
  private final List<Long> keys = new ArrayList<>();

  private StringColumn column;
  private int[] translation = new int[0];

  FunnelCube(FunnelDimension dimension, List<FunnelDefinition> definitions) {
    this.dimension = dimension;
    this.definitions = definitions;
    slots.defaultReturnValue(NO_SLOT);
  }

  void begin(ColumnBatch batch) {
    if (dimension.column() != null) {
      column = batch.strings(dimension.column());
      translation = TextDictionary.translation(column, translation);
    }
  }

  /** Adds sessions, whose step times are read from where they begin. */
  void add(int row, int definition, int level, ByteReader stepTimes, long sessions) {
    long key = ((long) definition << 32) | value(row);
    int slot = slots.get(key);
    if (slot == NO_SLOT) {
      slot = counts.size();
      slots.put(key, slot);
      keys.add(key);
      counts.add(new FunnelCounts(definitions.get(definition).steps().size()));
    }
    counts.get(slot).add(level, stepTimes, sessions);
  }

  long memoryBytes() {
    return values.memoryBytes() + counts.stream().mapToLong(FunnelCounts::memoryBytes).sum();
  }

  void flush(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    for (int slot = 0; slot < counts.size(); slot++) {
      int definition = (int) (keys.get(slot) >>> 32);
      int value = keys.get(slot).intValue();
      key.clear().putText(definitions.get(definition).name());
      if (dimension.column() != null) {
        key.putText(values.bytes(), values.offset(value), values.length(value));
      }
      var count = counts.get(slot);
      count.writeReached(partial.clear());
      emitter.emit(dimension.table(), key, partial, 0);
      emitTimes(emitter, key, partial, count, definitions.get(definition).steps().size());
    }
    counts.clear();
    keys.clear();
    slots.clear();
    values.clear();
  }

  private void emitTimes(
      Emitter emitter, ByteWriter key, ByteWriter partial, FunnelCounts count, int steps) {
    for (int step = 1; step < steps && count.timesTo(step) != null; step++) {
      long[] sorted = count.timesTo(step).sorted();
      for (int from = 0; from < sorted.length; from += FunnelCounts.CHUNK) {
        int to = Math.min(sorted.length, from + FunnelCounts.CHUNK);
        count.writeTimes(step, sorted, from, to, partial.clear());
        emitter.emit(dimension.table(), key, partial, 0);
      }
    }
  }

  private int value(int row) {
    if (dimension.column() == null) {
      return 0;
    }
    int id = column.ids()[row];
    if (id == StringColumn.NULL) {
      return values.ordinal(NONE, 0, NONE.length);
    }
    if (translation[id] == TextDictionary.UNKNOWN) {
      translation[id] = values.ordinal(column, id);
    }
    return translation[id];
  }
}
