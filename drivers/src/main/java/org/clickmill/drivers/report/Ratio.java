package org.clickmill.drivers.report;

/** Parts of wholes. */
final class Ratio {
  private Ratio() {}

  /** A part of 1, or null of nothing. */
  static Double of(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }
}
