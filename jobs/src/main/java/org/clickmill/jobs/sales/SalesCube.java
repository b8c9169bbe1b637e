package org.clickmill.jobs.sales;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.GroupedHashSet;
import org.clickmill.jobs.kernel.TextDictionary;
import org.clickmill.jobs.lines.Line;
import org.clickmill.jobs.lines.LineKind;
import org.clickmill.jobs.sales.SalesTable.Dimension;

/** The partial sums of one table: a slot for each bucket of time and value of its dimension. */
final class SalesCube {
  /** The value of an event that has none. */
  static final byte[] NONE = "(none)".getBytes(StandardCharsets.UTF_8);

  /** Hashes travel in partials of at most this many, so that no partial outgrows a buffer. */
  private static final int HASHES_A_PARTIAL = 1 << 16;

  private static final int NO_SLOT = -1;

  private final SalesTable table;
  private final TextDictionary values = new TextDictionary();
  private final Long2IntOpenHashMap slotsByKey = new Long2IntOpenHashMap();
  private final SalesTotals totals = new SalesTotals();
  private final GroupedHashSet orders = new GroupedHashSet();
  private final GroupedHashSet returns = new GroupedHashSet();
  private final GroupedHashSet customers = new GroupedHashSet();

  private StringColumn column;
  private int[] translation = new int[0];
  private int slots;
  private int[] ordinals = new int[64];
  private long[] buckets = new long[64];
  private long[] events = new long[64];

  SalesCube(SalesTable table) {
    this.table = table;
    slotsByKey.defaultReturnValue(NO_SLOT);
  }

  SalesTable table() {
    return table;
  }

  void begin(ColumnBatch batch) {
    if (table.dimension() != Dimension.SHOP) {
      column = batch.strings(table.dimension().column());
      translation = TextDictionary.translation(column, translation);
    }
  }

  void add(Line line) {
    int slot = slot(ordinal(line.row), table.bucket().of(line.time));
    events[slot]++;
    totals.add(slot, line);
    if (line.kind == LineKind.SOLD) {
      if (!line.ownOrder) {
        orders.add(slot, line.orderHigh, line.orderLow);
      }
      if (line.hasCustomer) {
        customers.add(slot, line.customerHigh, line.customerLow);
      }
    } else if (line.kind == LineKind.RETURNED && !line.ownOrder) {
      returns.add(slot, line.orderHigh, line.orderLow);
    }
  }

  long memoryBytes() {
    return slots * 140L
        + values.memoryBytes()
        + orders.memoryBytes()
        + returns.memoryBytes()
        + customers.memoryBytes();
  }

  void flush(Emitter emitter) {
    if (emitter.wants(table.dataset())) {
      emit(emitter);
    }
    slots = 0;
    slotsByKey.clear();
    values.clear();
    orders.clear();
    returns.clear();
    customers.clear();
  }

  private void emit(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    var groups =
        new GroupedHashSet.Groups[] {
          orders.grouped(slots), returns.grouped(slots), customers.grouped(slots)
        };
    for (int slot = 0; slot < slots; slot++) {
      key.clear();
      if (table.bucket().dividesDay()) {
        key.putOrdered(table.bucket().start(buckets[slot]));
      }
      if (table.dimension() != Dimension.SHOP) {
        int ordinal = ordinals[slot];
        key.putBytes(values.bytes(), values.offset(ordinal), values.length(ordinal));
      }
      partial.clear().putByte(SalesMerge.TOTALS);
      totals.write(slot, partial);
      emitter.emit(table.dataset(), key, partial, events[slot]);
      emitHashes(emitter, key, partial, slot, groups);
    }
  }

  private void emitHashes(
      Emitter emitter,
      ByteWriter key,
      ByteWriter partial,
      int slot,
      GroupedHashSet.Groups[] groups) {
    for (int kind = 0; kind < groups.length; kind++) {
      var group = groups[kind];
      int end = group.end(slot);
      for (int from = group.start(slot); from < end; from += HASHES_A_PARTIAL) {
        int to = Math.min(end, from + HASHES_A_PARTIAL);
        partial.clear().putByte(SalesMerge.ORDERS + kind).putUnsigned(to - from);
        for (int i = from; i < to; i++) {
          partial.putFixed(group.highs()[i]).putFixed(group.lows()[i]);
        }
        emitter.emit(table.dataset(), key, partial, 0);
      }
    }
  }

  private int ordinal(int row) {
    if (table.dimension() == Dimension.SHOP) {
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

  private int slot(int ordinal, long bucket) {
    // Minutes since the epoch fit an int, and those of one day differ in its low half.
    long key = ((long) ordinal << 32) | (bucket & 0xffffffffL);
    int slot = slotsByKey.putIfAbsent(key, slots);
    if (slot != NO_SLOT) {
      return slot;
    }
    if (slots == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * slots);
      buckets = Arrays.copyOf(buckets, 2 * slots);
      events = Arrays.copyOf(events, 2 * slots);
    }
    ordinals[slots] = ordinal;
    buckets[slots] = bucket;
    events[slots] = 0;
    totals.clear(slots);
    return slots++;
  }
}
