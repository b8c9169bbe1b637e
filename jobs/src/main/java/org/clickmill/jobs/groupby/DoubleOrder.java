package org.clickmill.jobs.groupby;

/** Floating-point numbers as whole numbers of the same order. */
public final class DoubleOrder {
  private DoubleOrder() {}

  /** A number for the bits of a double whose order is that of doubles; and the bits again. */
  public static long of(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
