package org.clickmill.drivers.pipeline;

/**
 * What a user may ask of a plan.
 *
 * @param recomputeOutdated whether outdated partitions count as stale
 * @param allowIncomplete whether a partition is computed although some of its input is missing
 * @param everyDay whether snapshots are made for every day, not only for the last
 */
public record PlanOptions(boolean recomputeOutdated, boolean allowIncomplete, boolean everyDay) {
  public static final PlanOptions DEFAULT = new PlanOptions(false, false, false);
}
