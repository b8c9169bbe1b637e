package org.clickmill.jobs.sessions;

import java.util.Arrays;

/** What became of the cart of one session. */
final class CartOutcome {
  /** The kinds of outcome; codes stand in the table funnel_sessions. */
  enum Kind {
    /** The session has no cart event. */
    NO_CART,
    /** A purchase with quantity &gt; 0 at or after the first cart event. */
    BOUGHT,
    /** Not bought, and something remains in the cart. */
    ABANDONED,
    /** Not bought, and nothing remains. */
    EMPTIED
  }

  private Kind kind;
  private long value;
  private long[] changes = new long[16];

  Kind kind() {
    return kind;
  }

  /** What remains at the products' last prices in the cart, scaled; 0 unless abandoned. */
  long value() {
    return value;
  }

  /**
   * Looks at the events of one session, in content order.
   *
   * @throws ArithmeticException if the value has too many digits
   */
  void compute(SessionEvents session, int from, int to) {
    value = 0;
    int count = collectChanges(session, from, to);
    if (kind == Kind.NO_CART || kind == Kind.BOUGHT) {
      return;
    }
    kind = Kind.EMPTIED;
    Arrays.sort(changes, 0, count);
    int product = 0;
    while (product < count) {
      int end = product + 1;
      while (end < count && changes[end] >> 32 == changes[product] >> 32) {
        end++;
      }
      addProduct(session, from, product, end);
      product = end;
    }
  }

  /** Picks the carts and removes, as (product, index) that sort by product and content order. */
  private int collectChanges(SessionEvents session, int from, int to) {
    kind = Kind.NO_CART;
    long firstCart = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      byte type = session.types[i];
      if (type == KnownType.CART && kind == Kind.NO_CART) {
        kind = Kind.EMPTIED;
        firstCart = session.times[i];
      }
      if (type == KnownType.CART || type == KnownType.REMOVE_FROM_CART) {
        if (count == changes.length) {
          changes = Arrays.copyOf(changes, 2 * count);
        }
        changes[count++] = ((long) session.products[i] << 32) | (i - from);
      }
    }
    for (int i = from; kind == Kind.EMPTIED && i < to; i++) {
      if (session.types[i] == KnownType.PURCHASE
          && session.quantities[i] > 0
          && session.times[i] >= firstCart) {
        kind = Kind.BOUGHT;
      }
    }
    return count;
  }

  private void addProduct(SessionEvents session, int from, int first, int end) {
    long remainder = 0;
    long price = 0;
    for (int change = first; change < end; change++) {
      int i = from + (int) changes[change];
      if (session.types[i] == KnownType.CART) {
        remainder = Math.max(0, remainder + session.quantities[i]);
        price = session.priced[i] ? session.prices[i] : price;
      } else {
        remainder = Math.max(0, remainder - session.quantities[i]);
      }
    }
    if (remainder > 0) {
      kind = Kind.ABANDONED;
      value = Math.addExact(value, Math.multiplyExact(remainder, price));
    }
  }
}
