package org.clickmill.jobs.kernel;

import java.util.List;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;

/**
 * What a step did; its partitions are staged, not published.
 *
 * @param partitions one for each request that is not refused, empty ones too
 * @param rowsRead rows of the input that were handed to folds
 * @param rowsWritten rows of all tables
 * @param note what else is to be said in the table of steps; may be empty
 * @param warnings what the user should look at
 * @param refused partitions that are not to be published although all else is
 */
public record Outcome(
    List<StagedPartition> partitions,
    long rowsRead,
    long rowsWritten,
    String note,
    List<String> warnings,
    List<Refused> refused) {

  /** A partition that is not to be published, and why, as the user reads it. */
  public record Refused(Partition partition, String reason) {}

  public Outcome {
    refused = List.copyOf(refused);
    partitions = List.copyOf(partitions);
    warnings = List.copyOf(warnings);
  }

  /** Everything that was asked for. */
  public Outcome(
      List<StagedPartition> partitions,
      long rowsRead,
      long rowsWritten,
      String note,
      List<String> warnings) {
    this(partitions, rowsRead, rowsWritten, note, warnings, List.of());
  }
}
