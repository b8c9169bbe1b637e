package org.clickmill.jobs.groupby;

import java.util.function.Function;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Something that is aggregated for each of many groups, which are numbered from 0 on. Any number of
 * partial aggregates of a group, merged in any order, give the same.
 *
 * @param <S> where the rows come from
 */
abstract class Measure<S extends RowSource> {
  private final Function<S, Selection> where;

  /**
   * @param where the rows that count
   */
  Measure(Function<S, Selection> where) {
    this.where = where;
  }

  final Selection where(S rows) {
    return where.apply(rows);
  }

  /** Makes a group empty. */
  abstract void clear(int slot);

  /**
   * Adds a batch.
   *
   * @param slots the group of each row
   */
  abstract void add(S rows, int[] slots);

  /** Writes a group's partial aggregate. */
  abstract void write(int slot, ByteWriter partial);

  /**
   * Adds a partial aggregate to a group.
   *
   * @throws ArithmeticException if a sum has too many digits
   */
  abstract void merge(int slot, ByteReader partial);

  /** Estimated bytes that a group takes. */
  abstract long slotBytes();
}
