package org.clickmill.jobs.sales;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.LongColumn;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.sales.SalesTable.Dimension;

/** Picks the lines out of the events and adds each to a cube for every wanted table. */
final class SalesFold implements Fold {
  private static final Hasher128 HASHER = Hashing.murmur3_128();
  private static final byte ORDER = 1;
  private static final byte SESSION = 2;

  private final List<SalesCube> cubes = new ArrayList<>();
  private final Line line = new Line();
  private final ByteWriter identity = new ByteWriter();

  private StringColumn userIds;
  private StringColumn visitorIds;
  private StringColumn sessions;
  private StringColumn orders;

  SalesFold(List<SalesTable> tables) {
    tables.forEach(table -> cubes.add(new SalesCube(table)));
  }

  @Override
  public List<String> columns() {
    var columns = new LinkedHashSet<String>();
    columns.addAll(
        List.of(
            "event_time",
            "event_type",
            "price",
            "quantity",
            "visitor_id",
            "user_id",
            "user_session",
            "order_id"));
    for (var cube : cubes) {
      if (cube.table().dimension() != Dimension.SHOP) {
        columns.add(cube.table().dimension().column());
      }
    }
    return List.copyOf(columns);
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of(EventType.PURCHASE.text(), EventType.RETURN.text());
  }

  @Override
  public long fold(ColumnBatch batch) {
    var types = batch.strings("event_type");
    var lineTypes = lineTypes(types);
    if (lineTypes == null) {
      return 0;
    }
    long[] times = batch.longs("event_time").values();
    var prices = batch.longs("price");
    long[] quantities = batch.longs("quantity").values();
    userIds = batch.strings("user_id");
    visitorIds = batch.strings("visitor_id");
    sessions = batch.strings("user_session");
    orders = batch.strings("order_id");
    for (int i = 0; i < cubes.size(); i++) {
      cubes.get(i).begin(batch);
    }

    try {
      return foldRows(batch.size(), lineTypes, types.ids(), times, prices, quantities);
    } catch (ArithmeticException e) {
      throw ClickmillException.failed(
          "Cannot add up the sales of %s: at the event of %s (price %s, %d units) a sum of money"
              + " has too many digits",
          batch.partition().path(),
          Instant.ofEpochMilli(line.time),
          Money.decimal(line.price),
          line.units,
          e);
    }
  }

  private long foldRows(
      int size,
      EventType[] lineTypes,
      int[] typeIds,
      long[] times,
      LongColumn prices,
      long[] quantities) {
    int folded = 0;
    for (int row = 0; row < size; row++) {
      var type = lineTypes[typeIds[row]];
      if (type == null) {
        continue;
      }
      line.time = times[row];
      describe(type, prices.isNull(row), prices.values()[row], quantities[row]);
      identify(row);
      for (int i = 0; i < cubes.size(); i++) {
        cubes.get(i).add(row, line);
      }
      folded++;
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return cubes.stream().mapToLong(SalesCube::memoryBytes).sum();
  }

  @Override
  public void flush(Emitter emitter) {
    cubes.forEach(cube -> cube.flush(emitter));
  }

  /** The type of line that each dictionary id stands for, or null if none does. */
  private static EventType[] lineTypes(StringColumn types) {
    var lineTypes = new EventType[types.dictionarySize()];
    boolean any = false;
    for (int id = 0; id < lineTypes.length; id++) {
      for (var type : List.of(EventType.PURCHASE, EventType.RETURN)) {
        if (type.matches(types.bytes(), types.offset(id), types.length(id))) {
          lineTypes[id] = type;
          any = true;
        }
      }
    }
    return any ? lineTypes : null;
  }

  private void describe(EventType type, boolean withoutPrice, long price, long quantity) {
    line.kind = LineKind.of(type, !withoutPrice, price, quantity);
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
