package org.clickmill.jobs.groupby;

import java.util.Arrays;
import java.util.function.Function;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/** A measure that is one number a group. */
public abstract class LongMeasure<S extends RowSource> extends Measure<S> {
  private final long ofNone;
  private long[] values = new long[64];

  /**
   * @param ofNone the value of a group without rows
   */
  private LongMeasure(Function<S, Selection> where, long ofNone) {
    super(where);
    this.ofNone = ofNone;
  }

  /** The value of a group. */
  public final long value(int slot) {
    return values[slot];
  }

  final boolean isNone(int slot) {
    return values[slot] == ofNone;
  }

  @Override
  final void clear(int slot) {
    if (slot >= values.length) {
      values = Arrays.copyOf(values, Math.max(slot + 1, 2 * values.length));
    }
    values[slot] = ofNone;
  }

  @Override
  final void add(S rows, int[] slots) {
    var selection = where(rows);
    add(values, rows, selection.rows(), selection.size(), slots);
  }

  abstract void add(long[] target, S rows, int[] selected, int size, int[] slots);

  @Override
  final void write(int slot, ByteWriter partial) {
    partial.putSigned(values[slot]);
  }

  @Override
  final void merge(int slot, ByteReader partial) {
    values[slot] = merged(values[slot], partial.readSigned());
  }

  abstract long merged(long one, long other);

  @Override
  final long slotBytes() {
    return Long.BYTES;
  }

  /** How many rows there are. */
  static final class Count<S extends RowSource> extends LongMeasure<S> {
    Count(Function<S, Selection> where) {
      super(where, 0);
    }

    @Override
    void add(long[] target, S rows, int[] selected, int size, int[] slots) {
      for (int i = 0; i < size; i++) {
        target[slots[selected[i]]]++;
      }
    }

    @Override
    long merged(long one, long other) {
      return one + other;
    }
  }

  /** The exact sum of a column. */
  static final class Sum<S extends RowSource> extends LongMeasure<S> {
    private final Function<S, long[]> column;

    Sum(Function<S, Selection> where, Function<S, long[]> column) {
      super(where, 0);
      this.column = column;
    }

    @Override
    void add(long[] target, S rows, int[] selected, int size, int[] slots) {
      var summands = column.apply(rows);
      int i = 0;
      try {
        for (; i < size; i++) {
          int slot = slots[selected[i]];
          target[slot] = Math.addExact(target[slot], summands[selected[i]]);
        }
      } catch (ArithmeticException e) {
        throw new SumOverflowException(selected[i], e);
      }
    }

    @Override
    long merged(long one, long other) {
      return Math.addExact(one, other);
    }
  }

  /** The smallest value of a column. */
  static final class Minimum<S extends RowSource> extends LongMeasure<S> {
    private final Function<S, long[]> column;

    Minimum(Function<S, Selection> where, Function<S, long[]> column) {
      super(where, Long.MAX_VALUE);
      this.column = column;
    }

    @Override
    void add(long[] target, S rows, int[] selected, int size, int[] slots) {
      var values = column.apply(rows);
      for (int i = 0; i < size; i++) {
        int slot = slots[selected[i]];
        target[slot] = Math.min(target[slot], values[selected[i]]);
      }
    }

    @Override
    long merged(long one, long other) {
      return Math.min(one, other);
    }
  }

  /** The largest value of a column. */
  static final class Maximum<S extends RowSource> extends LongMeasure<S> {
    private final Function<S, long[]> column;

    Maximum(Function<S, Selection> where, Function<S, long[]> column) {
      super(where, Long.MIN_VALUE);
      this.column = column;
    }

    @Override
    void add(long[] target, S rows, int[] selected, int size, int[] slots) {
      var values = column.apply(rows);
      for (int i = 0; i < size; i++) {
        int slot = slots[selected[i]];
        target[slot] = Math.max(target[slot], values[selected[i]]);
      }
    }

    @Override
    long merged(long one, long other) {
      return Math.max(one, other);
    }
  }
}
