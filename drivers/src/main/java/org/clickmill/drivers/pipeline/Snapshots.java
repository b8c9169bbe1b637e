package org.clickmill.drivers.pipeline;

/** Which unpublished snapshots a plan asks for; those that are published are always looked at. */
public enum Snapshots {
  /** That of the last day. */
  LAST_DAY,
  /** Those of all days. */
  EVERY_DAY,
  /**
   * That of the last day, unless a later one is published, which holds the last day as well and is
   * looked at in its place: for a view of days of long ago, whose snapshots were never made.
   */
  COVERING
}
