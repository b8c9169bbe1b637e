package org.clickmill.jobs.kernel;

import java.io.IOException;

/** The reduce side of an analysis: merges the partials of a key into rows of one table. */
public interface Merge {
  /**
   * Merges the partials of one key; keys of a partition come in unsigned byte order.
   *
   * @param key the key that the fold emitted
   * @param partials every partial of that key, in no particular order
   * @param output takes the rows
   */
  void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException;

  /** Is called after the last key of a partition, with what takes its rows. */
  default void end(RowSink output) throws IOException {}
}
