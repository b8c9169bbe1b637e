package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.List;
import org.clickmill.formats.warehouse.Catalog;

/** Makes tables by jobs of its own, where one scan is not enough. */
public interface JobChain extends TableMaker {
  /**
   * Computes partitions and leaves them staged under the run's id.
   *
   * @param run the step; jobs of one run need titles that differ
   * @param catalog what is published of its tables and their inputs
   * @param schemas the columns of every dataset
   */
  Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException;
}
