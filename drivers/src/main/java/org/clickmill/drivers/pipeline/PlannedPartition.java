package org.clickmill.drivers.pipeline;

import java.time.LocalDate;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Partition;

/**
 * A partition and what the planner found.
 *
 * @param start first day of the partition's period
 * @param reason why it is not fresh, in words for the user; empty for a fresh one
 * @param inputBytes bytes of the files that it is computed from
 */
public record PlannedPartition(
    Entry entry, LocalDate start, State state, String reason, long inputBytes) {
  public Partition partition() {
    return entry.table().partition(start);
  }

  /** The step that computes it, with the other tables that the same scan makes. */
  public String step() {
    return PipelineStep.name(entry);
  }
}
