package org.clickmill.jobs.groupby;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.GroupedHashSet;

/**
 * Exactly how many distinct values there are, by 128-bit hashes. A group whose hashes take more
 * than the memory that a reducer has for them is counted by sorted runs in a temporary file.
 */
public final class DistinctMeasure<S extends RowSource> extends Measure<S> {
  /** The most hashes of a part. */
  static final int HASHES_A_PART = 1 << 16;

  private final Function<S, Hashes> column;
  private final GroupedHashSet hashes = new GroupedHashSet();
  private GroupedHashSet.Groups grouped;
  private long mergeMemoryBytes = Long.MAX_VALUE;

  /** What had no room in memory of the group that is being merged; null if nothing. */
  private HashRuns runs;

  /** The hashes of a column, by row. */
  public record Hashes(long[] highs, long[] lows) {}

  DistinctMeasure(int flags, Function<S, Hashes> column) {
    super(flags);
    this.column = column;
  }

  /** How many distinct values the group has whose row is being written. */
  public long value() {
    if (runs == null) {
      return hashes.size();
    }
    spill();
    try {
      return runs.countDistinct();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void open(int from, int to) {
    // A group is open when it has a hash.
  }

  @Override
  void add(Rows<S> rows, Selection selection, int[] groups) {
    if (selection.size() == 0) {
      return;
    }
    var values = column.apply(rows.source());
    var highs = values.highs();
    var lows = values.lows();
    var selected = selection.rows();
    for (int i = 0; i < selection.size(); i++) {
      int row = selected[i];
      hashes.add(groups[row], highs[row], lows[row]);
    }
  }

  @Override
  void beginWrite(int groups) {
    grouped = hashes.grouped(groups);
  }

  @Override
  int parts(int group) {
    int size = grouped.end(group) - grouped.start(group);
    return Math.max(1, (size + HASHES_A_PART - 1) / HASHES_A_PART);
  }

  @Override
  void write(int group, int part, ByteWriter partial) {
    int from = grouped.start(group) + part * HASHES_A_PART;
    int to = Math.min(grouped.end(group), from + HASHES_A_PART);
    partial.putUnsigned(to - from);
    for (int i = from; i < to; i++) {
      partial.putFixed(grouped.highs()[i]).putFixed(grouped.lows()[i]);
    }
  }

  @Override
  void merge(ByteReader partial) {
    for (long left = partial.readUnsigned(); left > 0; left--) {
      hashes.add(0, partial.readFixed(), partial.readFixed());
    }
    if (memoryBytes() > mergeMemoryBytes) {
      spill();
    }
  }

  /** Moves the hashes that are in memory to a run of the file. */
  private void spill() {
    if (hashes.size() == 0) {
      return;
    }
    var all = hashes.grouped(1);
    try {
      if (runs == null) {
        runs = new HashRuns();
      }
      runs.add(all.highs(), all.lows(), hashes.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hashes.clear();
  }

  @Override
  void beginMerge(long memoryBytes) {
    mergeMemoryBytes = memoryBytes;
  }

  @Override
  void clear() {
    hashes.clear();
    grouped = null;
    if (runs != null) {
      try {
        runs.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      runs = null;
    }
  }

  /** With what {@link #beginWrite} makes. */
  @Override
  long memoryBytes() {
    return hashes.memoryBytes() + 2L * Long.BYTES * hashes.size();
  }
}
