package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.List;

/** Takes what a fold made of one partition of the input. */
public interface Emitter {
  /** Whether some output partition of the table is fed by the partition that is being flushed. */
  boolean wants(String table);

  /** The starts of those output partitions, in order. */
  List<LocalDate> starts(String table);

  /**
   * Emits one partial to every output partition of the table that is fed by the partition. Both
   * buffers are copied.
   *
   * @param table dataset of the output table
   * @param key what the reducer groups and sorts by
   * @param partial the partial aggregate
   * @param events number of input rows that the partial holds
   */
  void emit(String table, ByteWriter key, ByteWriter partial, long events);

  /** The same for one output partition. */
  void emit(String table, LocalDate start, ByteWriter key, ByteWriter partial, long events);

  /**
   * Says that input rows need no partial on an output partition: what they make is written already.
   */
  void finished(String table, LocalDate start, long events);
}
