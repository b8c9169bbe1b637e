package org.clickmill.jobs.kernel;

/** Takes the partials of a fold into the shuffle. */
public interface Emitter {
  /** Whether the table is to be written for the partition that is being flushed. */
  boolean wants(String table);

  /**
   * Emits one partial. Both buffers are copied.
   *
   * @param table dataset of the output table
   * @param key what the reducer groups and sorts by, within the table's partition
   * @param partial the partial aggregate
   * @param events number of input rows that the partial holds
   */
  void emit(String table, ByteWriter key, ByteWriter partial, long events);
}
