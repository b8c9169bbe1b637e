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
  private LongMeasure(int flags, long ofNone) {
    super(flags);
    this.ofNone = ofNone;
  }

  /** The value of the group whose row is being written. */
  public final long value() {
    return values[0];
  }

  /** Whether the group whose row is being written has had a row with a value. */
  public final boolean isPresent() {
    return values[0] != ofNone;
  }

  @Override
  final void open(int from, int to) {
    if (to > values.length) {
      values = Arrays.copyOf(values, Math.max(to, 2 * values.length));
    }
    Arrays.fill(values, from, to, ofNone);
  }

  @Override
  final void add(Rows<S> rows, Selection selection, int[] groups) {
    add(values, rows.source(), selection.rows(), selection.size(), groups);
  }

  abstract void add(long[] target, S source, int[] rows, int size, int[] groups);

  @Override
  final void write(int group, int part, ByteWriter partial) {
    partial.putSigned(values[group]);
  }

  @Override
  final void merge(ByteReader partial) {
    values[0] = merged(values[0], partial.readSigned());
  }

  abstract long merged(long one, long other);

  @Override
  final void reset() {
    values[0] = ofNone;
  }

  @Override
  final void clear() {
    // A group is emptied when it is opened.
    if (values.length > KEPT_GROUPS) {
      values = new long[64];
    }
  }

  @Override
  final long memoryBytes() {
    return (long) Long.BYTES * values.length;
  }

  /** How many rows there are. */
  static final class Count<S extends RowSource> extends LongMeasure<S> {
    Count(int flags) {
      super(flags, 0);
    }

    @Override
    void add(long[] target, S source, int[] rows, int size, int[] groups) {
      for (int i = 0; i < size; i++) {
        target[groups[rows[i]]]++;
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

    Sum(int flags, Function<S, long[]> column) {
      super(flags, 0);
      this.column = column;
    }

    @Override
    void add(long[] target, S source, int[] rows, int size, int[] groups) {
      var summands = column.apply(source);
      int i = 0;
      try {
        for (; i < size; i++) {
          int row = rows[i];
          int group = groups[row];
          target[group] = Math.addExact(target[group], summands[row]);
        }
      } catch (ArithmeticException e) {
        throw new SumOverflowException(rows[i], e);
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

    Minimum(int flags, Function<S, long[]> column) {
      super(flags, Long.MAX_VALUE);
      this.column = column;
    }

    @Override
    void add(long[] target, S source, int[] rows, int size, int[] groups) {
      var values = column.apply(source);
      for (int i = 0; i < size; i++) {
        int row = rows[i];
        target[groups[row]] = Math.min(target[groups[row]], values[row]);
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

    Maximum(int flags, Function<S, long[]> column) {
      super(flags, Long.MIN_VALUE);
      this.column = column;
    }

    @Override
    void add(long[] target, S source, int[] rows, int size, int[] groups) {
      var values = column.apply(source);
      for (int i = 0; i < size; i++) {
        int row = rows[i];
        target[groups[row]] = Math.max(target[groups[row]], values[row]);
      }
    }

    @Override
    long merged(long one, long other) {
      return Math.max(one, other);
    }
  }
}
