package org.clickmill.jobs.lines;

/**
 * One line, that is a purchase or return event, as {@link LineReader} fills it; reused for each.
 */
public final class Line {
  public LineKind kind;

  /** Its row in the batch. */
  public int row;

  /** Milliseconds since the epoch; 0 where times are not wanted. */
  public long time;

  /** Units, not negative. */
  public long units;

  /** Price of one unit, scaled. */
  public long price;

  /** What it adds to its sum of money, scaled; not negative for returned lines. */
  public long value;

  /** Whether it is a purchase with quantity &gt; 0 and price &ge; 0. */
  public boolean isPurchase;

  /** The order's hash; without meaning where the line is an order of its own. */
  public long orderHigh;

  public long orderLow;
  public boolean ownOrder;

  /** The customer's hash; without meaning where there is none. */
  public long customerHigh;

  public long customerLow;
  public boolean hasCustomer;

  /** What it adds to the revenue, scaled: sold and adjustments count as they are, returns less. */
  public long revenue() {
    return kind == LineKind.RETURNED ? Math.negateExact(value) : value;
  }
}
