package org.clickmill.jobs.sessions;

import java.util.Arrays;
import org.clickmill.jobs.lines.LineKind;

/** The figures of one session: what its row in the table sessions says, but for its name. */
final class SessionFigures {
  /** Stands for a time that there is none of. */
  static final long NEVER = Long.MIN_VALUE;

  long start;
  long end;
  int events;
  final int[] eventsOfType = new int[KnownType.COUNT];

  /** Distinct orders with a sold line in the session. */
  int orders;

  /** Net, scaled. */
  long revenue;

  /** The first view. */
  long viewTime;

  /** The first cart event at or after the first view. */
  long cartTime;

  /** The first purchase with quantity &gt; 0 at or after that. */
  long purchaseTime;

  /** The last user_id, an ordinal or NULL. */
  int user;

  /** The first user_session, an ordinal or NULL. */
  int session;

  /** The first product, an ordinal or NULL. */
  int entryProduct;

  /** The last product, an ordinal or NULL. */
  int exitProduct;

  private long[] soldIn = new long[16];
  private int sold;

  /**
   * Looks at the events of one session.
   *
   * @param from index of the first
   * @param to index after the last
   * @throws ArithmeticException if the revenue has too many digits
   */
  void compute(SessionEvents session, int from, int to) {
    start = session.times[from];
    end = session.times[to - 1];
    events = to - from;
    Arrays.fill(eventsOfType, 0);
    revenue = 0;
    sold = 0;
    user = SessionEvents.NULL;
    this.session = SessionEvents.NULL;
    entryProduct = SessionEvents.NULL;
    exitProduct = SessionEvents.NULL;
    for (int i = from; i < to; i++) {
      eventsOfType[session.types[i]]++;
      if (session.users[i] != SessionEvents.NULL) {
        user = session.users[i];
      }
      if (this.session == SessionEvents.NULL) {
        this.session = session.sessions[i];
      }
      if (session.products[i] != SessionEvents.NULL) {
        exitProduct = session.products[i];
        entryProduct = entryProduct == SessionEvents.NULL ? exitProduct : entryProduct;
      }
      if (session.types[i] == KnownType.PURCHASE || session.types[i] == KnownType.RETURN) {
        addLine(session, i);
      }
    }
    orders = countOrders();
    findTimes(session, from, to);
  }

  private void addLine(SessionEvents session, int i) {
    long price = session.prices[i];
    long quantity = session.quantities[i];
    var kind = LineKind.of(KnownType.type(session.types[i]), session.priced[i], price, quantity);
    switch (kind) {
      case SOLD -> {
        revenue = Math.addExact(revenue, Math.multiplyExact(price, quantity));
        rememberOrder(session.orders[i], session.sessions[i], i);
      }
      case RETURNED ->
          revenue = Math.subtractExact(revenue, Math.multiplyExact(price, Math.abs(quantity)));
      case ADJUSTMENT -> revenue = Math.addExact(revenue, Math.multiplyExact(price, quantity));
      case FREE, WITHOUT_PRICE -> {
        // Adds nothing.
      }
    }
  }

  /** An order is an order_id; without one, the user_session; without that, the event. */
  private void rememberOrder(int order, int userSession, int event) {
    long identity =
        order != SessionEvents.NULL
            ? order
            : userSession != SessionEvents.NULL ? (1L << 32) + userSession : (2L << 32) + event;
    if (sold == soldIn.length) {
      soldIn = Arrays.copyOf(soldIn, 2 * sold);
    }
    soldIn[sold++] = identity;
  }

  private int countOrders() {
    if (sold < 2) {
      return sold;
    }
    Arrays.sort(soldIn, 0, sold);
    int distinct = 1;
    for (int i = 1; i < sold; i++) {
      if (soldIn[i] != soldIn[i - 1]) {
        distinct++;
      }
    }
    return distinct;
  }

  private void findTimes(SessionEvents session, int from, int to) {
    viewTime =
        eventsOfType[KnownType.VIEW] == 0 ? NEVER : first(session, KnownType.VIEW, from, to, NEVER);
    cartTime =
        viewTime == NEVER || eventsOfType[KnownType.CART] == 0
            ? NEVER
            : first(session, KnownType.CART, from, to, viewTime);
    purchaseTime =
        cartTime == NEVER || eventsOfType[KnownType.PURCHASE] == 0
            ? NEVER
            : first(session, KnownType.PURCHASE, from, to, cartTime);
  }

  /** Time of the first event of a type at or after a time; a purchase must be of something. */
  private static long first(SessionEvents session, byte type, int from, int to, long after) {
    for (int i = from; i < to; i++) {
      if (session.types[i] == type
          && session.times[i] >= after
          && (type != KnownType.PURCHASE || session.quantities[i] > 0)) {
        return session.times[i];
      }
    }
    return NEVER;
  }
}
