package org.clickmill.drivers.pipeline;

/**
 * What a user may ask of a plan.
 *
 * @param recomputeOutdated whether outdated partitions count as stale
 * @param allowIncomplete whether a partition is computed although some of its input is missing
 * @param snapshots which snapshots are made
 */
public record PlanOptions(boolean recomputeOutdated, boolean allowIncomplete, Snapshots snapshots) {
  public static final PlanOptions DEFAULT = new PlanOptions(false, false, Snapshots.LAST_DAY);

  /** To look at what is there, without a run in mind. */
  public static final PlanOptions STATUS = new PlanOptions(false, false, Snapshots.COVERING);
}
