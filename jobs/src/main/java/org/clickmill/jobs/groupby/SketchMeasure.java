package org.clickmill.jobs.groupby;

import java.util.Arrays;
import java.util.function.Function;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * About how many distinct values there are, as a theta sketch of their hashes. In a mapper hashes
 * wait with the group of each, as they come; they are brought together group by group when there is
 * no more room, and when they are written.
 */
public final class SketchMeasure<S extends RowSource> extends Measure<S> {
  /** The hash of a row without value, which counts as none. */
  public static final long NONE = 0;

  /** The hashes that decide what a sketch is: one more than it keeps, which is its bound. */
  private static final int MOST_HASHES = ThetaSketch.NOMINAL_SIZE + 1;

  /** Fewer hashes than this are not looked through for repeated ones: there is room for more. */
  private static final int WORTH_COMPACTING = 1 << 20;

  /** Up to this number hashes are sorted by insertion. */
  private static final int FEW = 24;

  private final Function<S, long[]> column;
  private final ThetaSketch sketch = new ThetaSketch();

  private int groupCount;
  private long[] hashes = new long[64];
  private int[] groups = new int[64];
  private int size;

  /** The hashes once more, group by group, and where those of a group begin and end. */
  private long[] grouped = new long[0];

  private int[] starts = new int[0];
  private int[] ends = new int[0];

  SketchMeasure(int flags, Function<S, long[]> column) {
    super(flags);
    this.column = column;
  }

  /** The estimated number of values of the group whose row is being written. */
  public long value() {
    return sketch.count();
  }

  /** The sketch of the group whose row is being written. */
  ThetaSketch sketch() {
    return sketch;
  }

  @Override
  void open(int from, int to) {
    groupCount = to;
  }

  @Override
  void add(Rows<S> rows, Selection selection, int[] groupOfRow) {
    var values = column.apply(rows.source());
    var selected = selection.rows();
    reserve(selection.size());
    int next = size;
    for (int i = 0; i < selection.size(); i++) {
      int row = selected[i];
      hashes[next] = values[row];
      groups[next] = groupOfRow[row];
      next += values[row] == NONE ? 0 : 1;
    }
    size = next;
  }

  /** Makes room for more hashes, and one besides. */
  private void reserve(int more) {
    if (size + more < hashes.length) {
      return;
    }
    if (size > WORTH_COMPACTING) {
      compact();
    }
    if (size + more >= hashes.length / 2) {
      int length = Math.max(size + more + 1, hashes.length + hashes.length / 2);
      hashes = Arrays.copyOf(hashes, length);
      groups = Arrays.copyOf(groups, length);
    }
  }

  /** Drops what repeats, and what no sketch of its group would keep. */
  private void compact() {
    beginWrite(groupCount);
    size = 0;
    for (int group = 0; group < groupCount; group++) {
      int kept = ends[group] - starts[group];
      System.arraycopy(grouped, starts[group], hashes, size, kept);
      Arrays.fill(groups, size, size + kept, group);
      size += kept;
    }
  }

  @Override
  void beginWrite(int count) {
    if (grouped.length < size) {
      grouped = new long[Math.max(size, 2 * grouped.length)];
    }
    if (ends.length < count) {
      starts = new int[Math.max(count, 2 * ends.length)];
      ends = new int[starts.length];
    }
    bringTogether(count);
    for (int group = 0; group < count; group++) {
      ends[group] = sortDistinct(starts[group], ends[group]);
    }
  }

  private void bringTogether(int count) {
    Arrays.fill(ends, 0, count, 0);
    for (int i = 0; i < size; i++) {
      ends[groups[i]]++;
    }
    int next = 0;
    for (int group = 0; group < count; group++) {
      starts[group] = next;
      next += ends[group];
      ends[group] = starts[group];
    }
    for (int i = 0; i < size; i++) {
      grouped[ends[groups[i]]++] = hashes[i];
    }
  }

  /** Sorts a range of hashes; returns where those end that are kept. */
  private int sortDistinct(int from, int to) {
    if (to - from < 2) {
      return to;
    }
    sort(from, to);
    int end = from + 1;
    for (int i = from + 1; i < to && end - from < MOST_HASHES; i++) {
      if (grouped[i] != grouped[end - 1]) {
        grouped[end++] = grouped[i];
      }
    }
    return end;
  }

  /** Most groups are small. */
  private void sort(int from, int to) {
    if (to - from > FEW) {
      Arrays.sort(grouped, from, to);
      return;
    }
    for (int i = from + 1; i < to; i++) {
      long hash = grouped[i];
      int place = i;
      for (; place > from && grouped[place - 1] > hash; place--) {
        grouped[place] = grouped[place - 1];
      }
      grouped[place] = hash;
    }
  }

  @Override
  void write(int group, int part, ByteWriter partial) {
    ThetaSketch.write(partial, grouped, starts[group], ends[group]);
  }

  @Override
  void merge(ByteReader partial) {
    sketch.merge(partial);
  }

  @Override
  void clear() {
    if (hashes.length > WORTH_COMPACTING) {
      hashes = new long[64];
      groups = new int[64];
      grouped = new long[0];
    }
    if (ends.length > KEPT_GROUPS) {
      starts = new int[0];
      ends = new int[0];
    }
    size = 0;
    groupCount = 0;
    sketch.clear();
  }

  /** With what {@link #beginWrite} makes. */
  @Override
  long memoryBytes() {
    return (long) (Long.BYTES + Integer.BYTES) * hashes.length
        + (long) Long.BYTES * Math.max(size, grouped.length)
        + 2L * Integer.BYTES * groupCount;
  }
}
