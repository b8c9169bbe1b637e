package org.clickmill.jobs.groupby;

import java.util.Arrays;
import java.util.function.Function;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.GroupedHashSet;

/**
 * Exactly how many distinct values there are, by 128-bit hashes. Of a group's hashes any number of
 * partials are made, so that none outgrows a buffer.
 */
public final class DistinctMeasure<S extends RowSource> {
  /** The most hashes of a partial. */
  static final int HASHES_A_PARTIAL = 1 << 16;

  private final Function<S, Selection> where;
  private final Function<S, Hashes> column;
  private final GroupedHashSet hashes = new GroupedHashSet();
  private GroupedHashSet.Groups grouped;
  private long[] counts = new long[64];

  /** The hashes of a column, by row. */
  public record Hashes(long[] highs, long[] lows) {}

  DistinctMeasure(Function<S, Selection> where, Function<S, Hashes> column) {
    this.where = where;
    this.column = column;
  }

  /** How many distinct values a group has. */
  public long value(int slot) {
    return counts[slot];
  }

  void clear(int slot) {
    if (slot >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(slot + 1, 2 * counts.length));
    }
    counts[slot] = 0;
  }

  void add(S rows, int[] slots) {
    var selection = where.apply(rows);
    var values = column.apply(rows);
    var selected = selection.rows();
    for (int i = 0; i < selection.size(); i++) {
      int row = selected[i];
      hashes.add(slots[row], values.highs()[row], values.lows()[row]);
    }
  }

  /** Orders the hashes by group, to be written. */
  void beginWrite(int slots) {
    grouped = hashes.grouped(slots);
  }

  /** How many partials a group's hashes take. */
  int partials(int slot) {
    int size = grouped.end(slot) - grouped.start(slot);
    return (size + HASHES_A_PARTIAL - 1) / HASHES_A_PARTIAL;
  }

  void write(int slot, int partial, ByteWriter writer) {
    int from = grouped.start(slot) + partial * HASHES_A_PARTIAL;
    int to = Math.min(grouped.end(slot), from + HASHES_A_PARTIAL);
    writer.putUnsigned(to - from);
    for (int i = from; i < to; i++) {
      writer.putFixed(grouped.highs()[i]).putFixed(grouped.lows()[i]);
    }
  }

  /** Adds the hashes of a partial to a group. */
  void merge(int slot, ByteReader partial) {
    for (long left = partial.readUnsigned(); left > 0; left--) {
      if (hashes.add(slot, partial.readFixed(), partial.readFixed())) {
        counts[slot]++;
      }
    }
  }

  void forget() {
    hashes.clear();
    grouped = null;
  }

  long memoryBytes() {
    return hashes.memoryBytes();
  }
}
