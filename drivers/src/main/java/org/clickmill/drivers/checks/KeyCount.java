package org.clickmill.drivers.checks;

import java.time.LocalDate;

/**
 * What was counted for a check of a day.
 *
 * @param rows the number of rows
 * @param distinct the number of distinct keys
 * @param amount the sum of all amounts, scaled by 10^4
 */
record KeyCount(long rows, long distinct, long amount) {
  static final KeyCount NONE = new KeyCount(0, 0, 0);

  /**
   * For what it was counted.
   *
   * @param check the number of the check
   * @param day the first day of the partition
   */
  record Of(int check, LocalDate day) {}

  /** This and others of which no key is among these. */
  KeyCount plus(KeyCount other) {
    return new KeyCount(
        rows + other.rows, distinct + other.distinct, Math.addExact(amount, other.amount));
  }
}
