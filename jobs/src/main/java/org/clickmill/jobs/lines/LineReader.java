package org.clickmill.jobs.lines;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Instant;
import java.util.List;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.LongColumn;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;

/** Picks the lines, that is purchase and return events, out of batches of events. */
public final class LineReader {
  private static final Hasher128 HASHER = Hashing.murmur3_128();
  private static final byte ORDER = 1;
  private static final byte SESSION = 2;

  private final boolean withTimes;
  private final Line line = new Line();
  private final ByteWriter identity = new ByteWriter();

  /** The rows of the batch that are lines. */
  private int[] rows = new int[0];

  private int count;
  private EventType[] lineTypes;
  private int[] types;
  private long[] times;
  private LongColumn prices;
  private long[] quantities;
  private StringColumn userIds;
  private StringColumn visitorIds;
  private StringColumn sessions;
  private StringColumn orders;

  /**
   * @param withTimes whether {@link Line#time} is wanted
   */
  public LineReader(boolean withTimes) {
    this.withTimes = withTimes;
  }

  /** The columns of events that it reads; what is not wanted is not decoded. */
  public static List<String> columns() {
    return List.of(
        "event_time",
        "event_type",
        "price",
        "quantity",
        "visitor_id",
        "user_id",
        "user_session",
        "order_id");
  }

  /**
   * Begins with a batch and returns how many lines are in it. If there is none, no column but that
   * of the event type is decoded.
   */
  public int begin(ColumnBatch batch) {
    var column = batch.strings("event_type");
    lineTypes = lineTypes(column);
    types = column.ids();
    findRows(batch.size());
    if (count == 0) {
      return 0;
    }
    times = withTimes ? batch.longs("event_time").values() : null;
    prices = batch.longs("price");
    quantities = batch.longs("quantity").values();
    userIds = batch.strings("user_id");
    visitorIds = batch.strings("visitor_id");
    sessions = batch.strings("user_session");
    orders = batch.strings("order_id");
    return count;
  }

  /** Number of lines in the batch. */
  public int count() {
    return count;
  }

  /**
   * A line of the batch by its number among the batch's lines. It is overwritten by the next.
   *
   * @throws ArithmeticException if its value has too many digits
   */
  public Line read(int number) {
    int row = rows[number];
    line.row = row;
    line.time = withTimes ? times[row] : 0;
    var type = lineTypes[types[row]];
    describe(type, prices.isNull(row), prices.values()[row], quantities[row]);
    identify(row);
    return line;
  }

  /** What to tell the user when a sum of money overflows at the line that was read last. */
  public ClickmillException overflow(String sums, ColumnBatch batch, ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot add up the %s of %s: at the event of %s (price %s, %d units) a sum of money"
            + " has too many digits",
        sums,
        batch.partition().path(),
        Instant.ofEpochMilli(batch.longs("event_time").values()[line.row]),
        Money.decimal(line.price),
        line.units,
        cause);
  }

  /** The type of line that each dictionary id stands for, or null. */
  private static EventType[] lineTypes(StringColumn types) {
    var lineTypes = new EventType[types.dictionarySize()];
    for (int id = 0; id < lineTypes.length; id++) {
      for (var type : List.of(EventType.PURCHASE, EventType.RETURN)) {
        if (type.matches(types.bytes(), types.offset(id), types.length(id))) {
          lineTypes[id] = type;
        }
      }
    }
    return lineTypes;
  }

  private void findRows(int size) {
    var isLine = new boolean[lineTypes.length];
    for (int id = 0; id < isLine.length; id++) {
      isLine[id] = lineTypes[id] != null;
    }
    if (rows.length < size) {
      rows = new int[size];
    }
    count = 0;
    for (int row = 0; row < size; row++) {
      if (isLine[types[row]]) {
        rows[count++] = row;
      }
    }
  }

  private void describe(EventType type, boolean withoutPrice, long price, long quantity) {
    line.kind = LineKind.of(type, !withoutPrice, price, quantity);
    line.isPurchase = type == EventType.PURCHASE && !withoutPrice && price >= 0 && quantity > 0;
    line.units = Math.abs(quantity);
    line.price = price;
    line.value =
        switch (line.kind) {
          case SOLD, RETURNED -> Math.multiplyExact(price, line.units);
          case ADJUSTMENT -> Math.multiplyExact(price, quantity);
          case FREE, WITHOUT_PRICE -> 0;
        };
  }

  /**
   * An order is an order_id; without one, a visitor's purchases in one user_session; without that,
   * one event.
   */
  private void identify(int row) {
    line.ownOrder = false;
    int order = orders.ids()[row];
    int session = sessions.ids()[row];
    identity.clear();
    if (order != StringColumn.NULL) {
      put(identity.putByte(ORDER), orders, order);
    } else if (session != StringColumn.NULL) {
      identity.putByte(SESSION);
      if (visitorIds.ids()[row] != StringColumn.NULL) {
        put(identity, visitorIds, visitorIds.ids()[row]);
      } else if (userIds.ids()[row] != StringColumn.NULL) {
        put(identity, userIds, userIds.ids()[row]);
      } else {
        put(identity, sessions, session);
      }
      put(identity, sessions, session);
    } else {
      line.ownOrder = true;
    }
    if (!line.ownOrder) {
      var hash = HASHER.hashBytesTo128Bits(identity.bytes(), 0, identity.length());
      line.orderHigh = hash.getMostSignificantBits();
      line.orderLow = hash.getLeastSignificantBits();
    }
    int user = userIds.ids()[row];
    line.hasCustomer = user != StringColumn.NULL;
    if (line.hasCustomer) {
      var hash =
          HASHER.hashBytesTo128Bits(userIds.bytes(), userIds.offset(user), userIds.length(user));
      line.customerHigh = hash.getMostSignificantBits();
      line.customerLow = hash.getLeastSignificantBits();
    }
  }

  private static void put(ByteWriter writer, StringColumn column, int id) {
    writer.putText(column.bytes(), column.offset(id), column.length(id));
  }
}
