package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.lines.LineKind;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * The figures of one session: what its row in the table sessions says, but for its name. Events are
 * added in content order.
 */
final class SessionFigures {
  /** Stands for a time that there is none of. */
  static final long NEVER = Long.MIN_VALUE;

  // Flags of figures that are written.
  private static final int CAPPED = 1;
  private static final int PURCHASE = 2;

  /** Orders of a session are distinct by 128 bits: by order_id, and by user_session without one. */
  private static final Hasher128 BY_ORDER = Hashing.murmur3_128('o');

  private static final Hasher128 BY_SESSION = Hashing.murmur3_128('s');

  long start;
  long end;
  int events;
  final int[] eventsOfType = new int[KnownType.COUNT];

  /** Net, scaled. */
  long revenue;

  /** The first view. */
  long viewTime;

  /** The first cart event at or after the first view. */
  long cartTime;

  /** The first purchase with quantity &gt; 0 at or after that. */
  long purchaseTime;

  /** Whether there is a purchase with quantity &gt; 0. */
  boolean hasPurchase;

  /** References to the last user_id, the first user_session, the first and the last product. */
  int user;

  int session;
  int entryProduct;
  int exitProduct;

  final SessionTraffic traffic = new SessionTraffic();

  /** Whether there were more orders than are remembered. */
  boolean isCapped;

  private final int mostOrders;

  /** The last cart and purchase, which may have come before a view of the same instant. */
  private long lastCart;

  private long lastPurchase;

  /** Sold lines with neither order_id nor user_session. */
  private int orderlessLines;

  private final HashPlaces orders = new HashPlaces();

  /**
   * @param mostOrders the most orders of a session that are remembered
   */
  SessionFigures(int mostOrders) {
    this.mostOrders = mostOrders;
  }

  /** Begins a session. */
  void clear() {
    events = 0;
    Arrays.fill(eventsOfType, 0);
    revenue = 0;
    viewTime = NEVER;
    cartTime = NEVER;
    purchaseTime = NEVER;
    hasPurchase = false;
    lastCart = NEVER;
    lastPurchase = NEVER;
    user = SessionStrings.NULL;
    session = SessionStrings.NULL;
    entryProduct = SessionStrings.NULL;
    exitProduct = SessionStrings.NULL;
    traffic.clear();
    isCapped = false;
    orderlessLines = 0;
    orders.clear();
  }

  /**
   * Adds an event.
   *
   * @throws ArithmeticException if the revenue has too many digits
   */
  void add(EventColumns columns, int row, SessionStrings strings) {
    long time = columns.times[row];
    byte type = columns.type(row);
    if (events == 0) {
      start = time;
    }
    end = time;
    traffic.add(columns, row, events == 0, strings);
    events++;
    eventsOfType[type]++;
    int userId = strings.reference(columns.users, row);
    if (userId != SessionStrings.NULL) {
      user = userId;
    }
    if (session == SessionStrings.NULL) {
      session = strings.reference(columns.sessions, row);
    }
    int product = strings.reference(columns.products, row);
    if (product != SessionStrings.NULL) {
      exitProduct = product;
      entryProduct = entryProduct == SessionStrings.NULL ? product : entryProduct;
    }
    switch (type) {
      case KnownType.VIEW -> addView(time);
      case KnownType.CART -> addCart(time);
      case KnownType.PURCHASE -> {
        if (columns.quantities[row] > 0) {
          hasPurchase = true;
          addPurchase(time);
        }
        addLine(columns, row);
      }
      case KnownType.RETURN -> addLine(columns, row);
      default -> {
        // A remove changes no other figure.
      }
    }
  }

  /** Number of distinct orders with a sold line. */
  int orders() {
    return orderlessLines + orders.size();
  }

  /** At one instant carts and purchases come before views, and count as if they came after. */
  private void addView(long time) {
    if (viewTime == NEVER) {
      viewTime = time;
      if (lastCart == time) {
        addCart(time);
      }
    }
  }

  private void addCart(long time) {
    lastCart = time;
    if (viewTime != NEVER && cartTime == NEVER) {
      cartTime = time;
      if (lastPurchase == time) {
        addPurchase(time);
      }
    }
  }

  private void addPurchase(long time) {
    lastPurchase = time;
    if (cartTime != NEVER && purchaseTime == NEVER) {
      purchaseTime = time;
    }
  }

  private void addLine(EventColumns columns, int row) {
    boolean isPriced = !columns.prices.isNull(row);
    long price = isPriced ? columns.prices.values()[row] : 0;
    long quantity = columns.quantities[row];
    var kind = LineKind.of(KnownType.type(columns.type(row)), isPriced, price, quantity);
    switch (kind) {
      case SOLD -> {
        revenue = Math.addExact(revenue, Math.multiplyExact(price, quantity));
        rememberOrder(columns, row);
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
  private void rememberOrder(EventColumns columns, int row) {
    if (columns.orders.ids[row] >= 0) {
      remember(hash(BY_ORDER, columns.orders, row));
    } else if (columns.sessions.ids[row] >= 0) {
      remember(hash(BY_SESSION, columns.sessions, row));
    } else {
      orderlessLines++;
    }
  }

  private void remember(HashValue128 order) {
    if (orders.size() < mostOrders) {
      orders.add(order);
    } else if (orders.of(order) == HashPlaces.NONE) {
      isCapped = true;
    }
  }

  private static HashValue128 hash(Hasher128 hasher, Strings column, int row) {
    int id = column.ids[row];
    return hasher.hashBytesTo128Bits(column.bytes, column.offsets[id], column.length(id));
  }

  /** Has the strings outlast the batch. */
  void renew(EventColumns columns, SessionStrings strings) {
    user = strings.renewed(columns.users, user);
    session = strings.renewed(columns.sessions, session);
    entryProduct = strings.renewed(columns.products, entryProduct);
    exitProduct = strings.renewed(columns.products, exitProduct);
    traffic.renew(columns, strings);
  }

  void write(EventColumns columns, SessionStrings strings, ByteWriter target) {
    target.putSigned(start).putUnsigned(end - start).putUnsigned(events);
    for (int count : eventsOfType) {
      target.putUnsigned(count);
    }
    target.putSigned(revenue).putByte((isCapped ? CAPPED : 0) | (hasPurchase ? PURCHASE : 0));
    putTime(viewTime, target);
    putTime(cartTime, target);
    putTime(purchaseTime, target);
    strings.put(target, columns.users, user);
    strings.put(target, columns.sessions, session);
    strings.put(target, columns.products, entryProduct);
    strings.put(target, columns.products, exitProduct);
    traffic.write(columns, strings, target);
    target.putUnsigned(orderlessLines).putUnsigned(orders.size());
    for (int place : orders.sorted()) {
      orders.put(place, target);
    }
  }

  /** Reads what {@link #write} wrote before the last midnight, into figures that are clear. */
  void read(ByteReader source, SessionStrings strings) {
    start = source.readSigned();
    end = start + source.readUnsigned();
    events = (int) source.readUnsigned();
    for (int type = 0; type < eventsOfType.length; type++) {
      eventsOfType[type] = (int) source.readUnsigned();
    }
    revenue = source.readSigned();
    int flags = source.readByte();
    isCapped = (flags & CAPPED) != 0;
    hasPurchase = (flags & PURCHASE) != 0;
    viewTime = readTime(source);
    cartTime = readTime(source);
    purchaseTime = readTime(source);
    user = strings.read(source);
    session = strings.read(source);
    entryProduct = strings.read(source);
    exitProduct = strings.read(source);
    traffic.read(source, strings);
    orderlessLines = (int) source.readUnsigned();
    for (long count = source.readUnsigned(); count > 0; count--) {
      orders.add(source.readFixed(), source.readFixed());
    }
  }

  private void putTime(long time, ByteWriter target) {
    target.putUnsigned(time == NEVER ? 0 : time - start + 1);
  }

  private long readTime(ByteReader source) {
    long sinceStart = source.readUnsigned();
    return sinceStart == 0 ? NEVER : start + sinceStart - 1;
  }
}
