package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;

/** Tells a fold what its scan is about. */
public interface FoldContext {
  /** The dataset whose batches the fold is given. */
  String dataset();

  /** The tables of its analysis whose output partitions the scan has. */
  Set<String> tables();

  /** Whether the scan is to write a partition of a table. */
  boolean wants(String table, LocalDate start);

  /** The days of a dataset that the scan reads for the fold's analysis. */
  Set<LocalDate> scanned(String dataset);

  /**
   * Whether all events of a user in a day are in one file, next to each other. They are if none of
   * the day's events has a visitor_id, by which it would be clustered, and a user_id.
   */
  boolean isClusteredByUser(Partition day);

  /**
   * Takes partials while the fold is folding, for folds that have no reason to wait for the flush.
   */
  Emitter emitter();

  /**
   * Takes finished rows of a partition straight from the map task, while the fold is folding or
   * flushing.
   *
   * @throws IllegalArgumentException if the scan is not to write the partition
   */
  RowSink rows(String table, LocalDate start) throws IOException;
}
