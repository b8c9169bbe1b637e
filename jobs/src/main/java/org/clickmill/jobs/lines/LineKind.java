package org.clickmill.jobs.lines;

import org.clickmill.formats.event.EventType;

/** What a line, that is a purchase or return event, adds to the sales. */
public enum LineKind {
  /**
   * A purchase with quantity &gt; 0 and price &gt; 0: gross revenue, units, an order, a customer.
   */
  SOLD,
  /**
   * A return, or a purchase with negative quantity, and price &gt; 0: its value counts negative.
   */
  RETURNED,
  /** A line with a negative price: a correction of the books. */
  ADJUSTMENT,
  /** A line with price 0 or quantity 0; it is counted and adds nothing else. */
  FREE,
  /** A line without price; it is counted and adds nothing else. */
  WITHOUT_PRICE;

  /**
   * @param type purchase or return
   * @param price of one unit, scaled; ignored where hasPrice is false
   */
  public static LineKind of(EventType type, boolean hasPrice, long price, long quantity) {
    if (!hasPrice) {
      return WITHOUT_PRICE;
    }
    if (price == 0 || quantity == 0) {
      return FREE;
    }
    if (price < 0) {
      return ADJUSTMENT;
    }
    return type == EventType.RETURN || quantity < 0 ? RETURNED : SOLD;
  }
}
