package org.clickmill.jobs.lines;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.groupby.DistinctMeasure.Hashes;
import org.clickmill.jobs.groupby.RowSource;
import org.clickmill.jobs.groupby.SumOverflowException;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * The order lines, that is purchase and return events, as rows to be aggregated. An order is an
 * order_id; without one, a visitor's lines in one user_session; without that, one line.
 */
public final class OrderLines implements RowSource {
  // The kinds of lines: a line is of one.
  public static final int SOLD = flag(LineKind.SOLD);
  public static final int RETURNED = flag(LineKind.RETURNED);
  public static final int ADJUSTMENT = flag(LineKind.ADJUSTMENT);
  public static final int FREE = flag(LineKind.FREE);
  public static final int WITHOUT_PRICE = flag(LineKind.WITHOUT_PRICE);

  /** A purchase with quantity &gt; 0 and price &ge; 0. */
  public static final int PURCHASE = 1 << 8;

  /** An order of its own. */
  public static final int OWN_ORDER = 1 << 9;

  /** One of the lines that an order may have. */
  public static final int OF_ORDER = 1 << 10;

  /** The customer is known. */
  public static final int OF_CUSTOMER = 1 << 11;

  static final Hasher128 HASHER = Hashing.murmur3_128();
  static final byte ORDER = 1;
  static final byte SESSION = 2;

  private final ByteWriter identity = new ByteWriter();
  private ColumnBatch batch;
  private int count;
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];
  private long[] units = new long[0];
  private long[] prices = new long[0];
  private long[] values = new long[0];

  // What is made when a batch is first asked for it.
  private boolean hasRevenues;
  private boolean hasTimes;
  private boolean hasOrders;
  private boolean hasCustomers;
  private long[] revenues = new long[0];
  private long[] times = new long[0];
  private Hashes orders = new Hashes(new long[0], new long[0]);
  private Hashes customers = new Hashes(new long[0], new long[0]);

  private static int flag(LineKind kind) {
    return 1 << kind.ordinal();
  }

  @Override
  public List<String> columns() {
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

  @Override
  public Set<String> eventTypes() {
    return Set.of(EventType.PURCHASE.text(), EventType.RETURN.text());
  }

  /** If there is no line, no column but that of the event type is decoded. */
  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    hasRevenues = false;
    hasTimes = false;
    hasOrders = false;
    hasCustomers = false;
    var types = next.strings("event_type");
    var kinds = lineTypes(types);
    findLines(types.ids(), kinds);
    if (count > 0) {
      reserve();
      describe(types.ids(), kinds);
      identify();
    }
    return count;
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

  private void findLines(int[] types, EventType[] lineTypes) {
    var isLine = new boolean[lineTypes.length];
    for (int id = 0; id < isLine.length; id++) {
      isLine[id] = lineTypes[id] != null;
    }
    int size = batch.size();
    if (batchRows.length < size) {
      batchRows = new int[size];
    }
    count = 0;
    for (int row = 0; row < size; row++) {
      if (isLine[types[row]]) {
        batchRows[count++] = row;
      }
    }
  }

  private void reserve() {
    if (units.length < count) {
      flags = new int[count];
      units = new long[count];
      prices = new long[count];
      values = new long[count];
    }
  }

  private void describe(int[] types, EventType[] lineTypes) {
    var price = batch.longs("price");
    var priceValues = price.values();
    var quantities = batch.longs("quantity").values();
    for (int line = 0; line < count; line++) {
      int row = batchRows[line];
      var type = lineTypes[types[row]];
      boolean hasPrice = !price.isNull(row);
      long quantity = quantities[row];
      var kind = LineKind.of(type, hasPrice, priceValues[row], quantity);
      boolean isPurchase =
          type == EventType.PURCHASE && hasPrice && priceValues[row] >= 0 && quantity > 0;
      flags[line] = flag(kind) | (isPurchase ? PURCHASE : 0);
      prices[line] = priceValues[row];
      units[line] = Math.abs(quantity);
      try {
        values[line] =
            switch (kind) {
              case SOLD, RETURNED -> Math.multiplyExact(priceValues[row], units[line]);
              case ADJUSTMENT -> Math.multiplyExact(priceValues[row], quantity);
              case FREE, WITHOUT_PRICE -> 0;
            };
      } catch (ArithmeticException e) {
        throw new SumOverflowException(line, e);
      }
    }
  }

  private void identify() {
    var orderIds = batch.strings("order_id").ids();
    var sessions = batch.strings("user_session").ids();
    var userIds = batch.strings("user_id").ids();
    for (int line = 0; line < count; line++) {
      int row = batchRows[line];
      boolean isOwn = orderIds[row] == StringColumn.NULL && sessions[row] == StringColumn.NULL;
      flags[line] |=
          (isOwn ? OWN_ORDER : OF_ORDER) | (userIds[row] == StringColumn.NULL ? 0 : OF_CUSTOMER);
    }
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public int[] flags() {
    return flags;
  }

  /** Not negative. */
  public long[] units() {
    return units;
  }

  /** Of one unit, scaled. */
  public long[] prices() {
    return prices;
  }

  /** What a line adds to its sum of money, scaled; not negative for returned lines. */
  public long[] values() {
    return values;
  }

  /** What a line adds to the revenue, scaled: sold and adjustments as they are, returned less. */
  public long[] revenues() {
    if (!hasRevenues) {
      hasRevenues = true;
      revenues = revenues.length < count ? new long[count] : revenues;
      for (int line = 0; line < count; line++) {
        revenues[line] = (flags[line] & RETURNED) != 0 ? -values[line] : values[line];
      }
    }
    return revenues;
  }

  /** Milliseconds since the epoch. */
  public long[] times() {
    if (!hasTimes) {
      hasTimes = true;
      times = times.length < count ? new long[count] : times;
      var eventTimes = batch.longs("event_time").values();
      for (int line = 0; line < count; line++) {
        times[line] = eventTimes[batchRows[line]];
      }
    }
    return times;
  }

  /** Without meaning where a line is an order of its own. */
  public Hashes orders() {
    if (!hasOrders) {
      hasOrders = true;
      orders = reserved(orders);
      hashOrders();
    }
    return orders;
  }

  private void hashOrders() {
    var orderIds = batch.strings("order_id");
    var sessions = batch.strings("user_session");
    for (int line = 0; line < count; line++) {
      int row = batchRows[line];
      identity.clear();
      if (orderIds.ids()[row] != StringColumn.NULL) {
        put(identity.putByte(ORDER), orderIds, row);
      } else if (sessions.ids()[row] != StringColumn.NULL) {
        put(identity.putByte(SESSION), visitor(row), row);
        put(identity, sessions, row);
      }
      set(orders, line, HASHER.hashBytesTo128Bits(identity.bytes(), 0, identity.length()));
    }
  }

  /** The column that says who has a session. */
  private StringColumn visitor(int row) {
    for (var name : List.of("visitor_id", "user_id")) {
      var column = batch.strings(name);
      if (column.ids()[row] != StringColumn.NULL) {
        return column;
      }
    }
    return batch.strings("user_session");
  }

  /** Without meaning where there is no customer. */
  public Hashes customers() {
    if (!hasCustomers) {
      hasCustomers = true;
      customers = reserved(customers);
      var users = batch.strings("user_id");
      for (int line = 0; line < count; line++) {
        int id = users.ids()[batchRows[line]];
        if (id != StringColumn.NULL) {
          set(
              customers,
              line,
              HASHER.hashBytesTo128Bits(users.bytes(), users.offset(id), users.length(id)));
        }
      }
    }
    return customers;
  }

  private Hashes reserved(Hashes hashes) {
    return hashes.highs().length < count ? new Hashes(new long[count], new long[count]) : hashes;
  }

  private static void set(Hashes hashes, int line, HashValue128 hash) {
    hashes.highs()[line] = hash.getMostSignificantBits();
    hashes.lows()[line] = hash.getLeastSignificantBits();
  }

  private static void put(ByteWriter writer, StringColumn column, int row) {
    int id = column.ids()[row];
    writer.putText(column.bytes(), column.offset(id), column.length(id));
  }

  @Override
  public String describe(int line) {
    return String.format(
        Locale.ROOT,
        "the event of %s (price %s, %d units)",
        Instant.ofEpochMilli(batch.longs("event_time").values()[batchRows[line]]),
        Money.decimal(prices[line]).toPlainString(),
        units[line]);
  }
}
