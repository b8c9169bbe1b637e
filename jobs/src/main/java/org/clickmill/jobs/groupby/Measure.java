package org.clickmill.jobs.groupby;

import java.util.List;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Something that is aggregated for each of many groups, which are numbered from 0 on. A mapper adds
 * rows and writes partial aggregates; a reducer merges those of one group, in any order, into group
 * 0. Any way to divide the rows gives the same.
 *
 * @param <S> where the rows come from
 */
abstract class Measure<S extends RowSource> {
  /** Arrays of more groups than this are given up when they are emptied. */
  static final int KEPT_GROUPS = 1 << 14;

  private final int flags;

  /**
   * @param flags those of the rows that are aggregated
   */
  Measure(int flags) {
    this.flags = flags;
  }

  /** The columns of the input that it reads itself. */
  List<String> sources() {
    return List.of();
  }

  /** Makes room for groups; those from one on are empty. */
  abstract void open(int from, int to);

  /**
   * Adds the rows of a batch.
   *
   * @param groups the group of each row
   */
  final void add(Rows<S> rows, int[] groups) {
    add(rows, rows.with(flags), groups);
  }

  abstract void add(Rows<S> rows, Selection selection, int[] groups);

  /** Is called before groups are written. */
  void beginWrite(int groups) {}

  /** How many parts a group's partial aggregate has, so that none outgrows a buffer. */
  int parts(int group) {
    return 1;
  }

  abstract void write(int group, int part, ByteWriter partial);

  /**
   * Is called before groups are merged.
   *
   * @param memoryBytes what the measure may keep of a group in memory
   */
  void beginMerge(long memoryBytes) {}

  /**
   * Adds a part of a partial aggregate to group 0.
   *
   * @throws ArithmeticException if a sum has too many digits
   */
  abstract void merge(ByteReader partial);

  /** Makes group 0 the only one, and empty. */
  void reset() {
    clear();
    open(0, 1);
  }

  /** Forgets all groups. */
  abstract void clear();

  /** Estimated bytes that it takes. */
  abstract long memoryBytes();
}
