package org.clickmill.jobs.sales;

/** One line as the cubes take it; reused for each. */
final class Line {
  LineKind kind;
  long time;

  /** Units, not negative. */
  long units;

  /** Price of one unit, scaled. */
  long price;

  /** What it adds to its sum of money, scaled; not negative for returned lines. */
  long value;

  /** The order's hash; without meaning where the line is an order of its own. */
  long orderHigh;

  long orderLow;
  boolean ownOrder;

  /** The customer's hash; without meaning where there is none. */
  long customerHigh;

  long customerLow;
  boolean hasCustomer;
}
