package org.clickmill.drivers.checks;

import org.clickmill.jobs.kernel.Table;

/**
 * A check of a table's partitions.
 *
 * @param name by which it is accepted
 */
record Check(String name, Table table, Severity severity, Rule rule) {
  /** What a failed check does. */
  enum Severity {
    /** The user is warned, and the partition is published. */
    WARN,
    /** The partition is not published. */
    FAIL
  }
}
