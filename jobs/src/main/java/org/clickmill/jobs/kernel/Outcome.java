package org.clickmill.jobs.kernel;

import java.util.List;
import org.clickmill.formats.warehouse.StagedPartition;

/**
 * What a step did; its partitions are staged, not published.
 *
 * @param partitions one for each request, empty ones too
 * @param rowsRead rows of the input that were handed to folds
 * @param rowsWritten rows of all tables
 * @param note what else is to be said in the table of steps; may be empty
 * @param warnings what the user should look at
 */
public record Outcome(
    List<StagedPartition> partitions,
    long rowsRead,
    long rowsWritten,
    String note,
    List<String> warnings) {
  public Outcome {
    partitions = List.copyOf(partitions);
    warnings = List.copyOf(warnings);
  }
}
