package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Set;

/** Tells a merge what it is writing; the answers change from partition to partition. */
public interface MergeContext {
  /** First day of the partition's period, or what else the output partition is called by. */
  LocalDate start();

  /** Whether all inputs of the partition are there. */
  boolean isComplete();

  /** The warehouse's first day with events. */
  LocalDate firstDay();

  /** The days of a dataset that the scan reads for the merge's analysis. */
  Set<LocalDate> scanned(String dataset);

  /** Whether the scan is to write a partition of a table. */
  boolean wants(String table, LocalDate start);

  /**
   * Takes rows of any partition that the scan is to write, for merges whose keys are not those of
   * one partition. The rows wait in memory and are written partition by partition.
   *
   * @throws IllegalArgumentException if the scan is not to write it
   */
  RowSink rows(String table, LocalDate start) throws IOException;

  /**
   * Ends the partition that is being written, and begins with another one that the scan is to
   * write, for merges whose keys come partition after partition.
   *
   * @throws IllegalArgumentException if the scan is not to write it
   */
  RowSink nextPartition(String table, LocalDate start) throws IOException;
}
