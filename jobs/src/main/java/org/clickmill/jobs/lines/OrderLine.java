package org.clickmill.jobs.lines;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.util.List;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * A single event as an order line, for those that go through events row by row; by the rules of
 * {@link OrderLines}.
 */
public final class OrderLine {
  private static final int TYPE = EventColumn.EVENT_TYPE.position();
  private static final int PRICE = EventColumn.PRICE.position();
  private static final int QUANTITY = EventColumn.QUANTITY.position();
  private static final int ORDER_ID = EventColumn.ORDER_ID.position();
  private static final int USER_SESSION = EventColumn.USER_SESSION.position();

  /** The columns that say who has a session, in the order in which they are asked for. */
  private static final List<Integer> VISITOR =
      List.of(
          EventColumn.VISITOR_ID.position(),
          EventColumn.USER_ID.position(),
          EventColumn.USER_SESSION.position());

  private final ByteWriter identity = new ByteWriter();
  private Row event;
  private LineKind kind;
  private long units;
  private long revenue;

  /**
   * Takes the next event, a row of {@link org.clickmill.formats.table.EventRows#SCHEMA}.
   *
   * @return whether it is an order line; only then the other methods may be asked
   * @throws ArithmeticException if its value has too many digits
   */
  public boolean begin(Row row) {
    event = row;
    boolean isPurchase = is(EventType.PURCHASE);
    if (!isPurchase && !is(EventType.RETURN)) {
      return false;
    }
    long price = row.longValue(PRICE);
    long quantity = row.longValue(QUANTITY);
    var type = isPurchase ? EventType.PURCHASE : EventType.RETURN;
    kind = LineKind.of(type, !row.isNull(PRICE), price, quantity);
    units = Math.abs(quantity);
    revenue =
        switch (kind) {
          case SOLD -> Math.multiplyExact(price, units);
          case RETURNED -> -Math.multiplyExact(price, units);
          case ADJUSTMENT -> Math.multiplyExact(price, quantity);
          case FREE, WITHOUT_PRICE -> 0;
        };
    return true;
  }

  private boolean is(EventType type) {
    return type.matches(event.bytes(TYPE), 0, event.bytesLength(TYPE));
  }

  public boolean isSold() {
    return kind == LineKind.SOLD;
  }

  /** Not negative. */
  public long units() {
    return units;
  }

  /** What the line adds to the revenue, scaled. */
  public long revenue() {
    return revenue;
  }

  /** Whether the line is an order of its own, as it has neither an order_id nor a session. */
  public boolean isOwnOrder() {
    return event.isNull(ORDER_ID) && event.isNull(USER_SESSION);
  }

  /** What identifies the line's order; without meaning where it is one of its own. */
  public HashValue128 order() {
    identity.clear();
    if (!event.isNull(ORDER_ID)) {
      put(identity.putByte(OrderLines.ORDER), ORDER_ID);
    } else {
      int visitor = VISITOR.stream().filter(column -> !event.isNull(column)).findFirst().orElse(-1);
      put(identity.putByte(OrderLines.SESSION), visitor);
      put(identity, USER_SESSION);
    }
    return OrderLines.HASHER.hashBytesTo128Bits(identity.bytes(), 0, identity.length());
  }

  private void put(ByteWriter writer, int column) {
    writer.putText(event.bytes(column), 0, event.bytesLength(column));
  }
}
