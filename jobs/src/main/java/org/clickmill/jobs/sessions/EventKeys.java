package org.clickmill.jobs.sessions;

import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * What a visitor's events and open sessions are sorted by in the shuffle: the hash of the visitor,
 * the visitor, and the time. A run of events has the time of its first event and, since an instant
 * may be in several runs, a number; its value is the events one after another, which read back as
 * columns of one row. The key of a session has its start, and its value is the state.
 */
final class EventKeys {
  /** Bytes that a partitioner looks at, so that all of a visitor goes to one reducer. */
  static final int HASH_LENGTH = Long.BYTES;

  private static final int SESSION = 0;
  private static final int EVENTS = 1;
  private static final int TYPE = 7;
  private static final int PRICED = 8;
  private static final int END = 0;
  private static final int ESCAPE = 1;

  private final EventColumns columns = new EventColumns();
  private final long[] price = new long[1];
  private final boolean[] hasNoPrice = new boolean[1];

  EventKeys() {
    columns.times = new long[1];
    columns.typeIds = new int[1];
    columns.typesOfIds = new byte[1];
    columns.quantities = new long[1];
    columns.prices = new LongColumn(price, hasNoPrice);
    for (var strings :
        new Strings[] {
          columns.products,
          columns.users,
          columns.sessions,
          columns.orders,
          columns.brands,
          columns.categories,
          columns.trafficSources,
          columns.campaigns,
          columns.devices,
          columns.countries
        }) {
      strings.ids = new int[1];
      strings.offsets = new int[2];
      strings.size = 1;
      strings.isDistinct = true;
    }
  }

  /** The columns of the event that was read last. */
  EventColumns columns() {
    return columns;
  }

  static void putVisitor(Visitor visitor, ByteWriter key) {
    key.putFixed(visitor.hash()).putByte(visitor.kind);
    putString(visitor.bytes, visitor.offset, visitor.length, key);
  }

  /** Goes on behind the visitor, for the state of a session. */
  static void putSession(long start, ByteWriter key) {
    key.putOrdered(start).putByte(SESSION);
  }

  /**
   * Goes on behind the visitor, for a run of events.
   *
   * @param time of the first
   * @param number of the run, ascending within the visitor's day
   */
  static void putEvents(long time, long number, ByteWriter key) {
    key.putOrdered(time).putByte(EVENTS).putOrdered(number);
  }

  /** Appends an event to a run. */
  static void putEvent(EventColumns columns, int row, ByteWriter run) {
    boolean isPriced = !columns.prices.isNull(row);
    run.putByte(columns.type(row) | (isPriced ? PRICED : 0)).putSigned(columns.times[row]);
    putString(columns.products, row, run);
    putString(columns.users, row, run);
    putString(columns.sessions, row, run);
    putString(columns.orders, row, run);
    putString(columns.brands, row, run);
    putString(columns.categories, row, run);
    putString(columns.trafficSources, row, run);
    putString(columns.campaigns, row, run);
    putString(columns.devices, row, run);
    putString(columns.countries, row, run);
    if (isPriced) {
      run.putSigned(columns.prices.values()[row]);
    }
    run.putSigned(columns.quantities[row]);
  }

  private static void putString(Strings column, int row, ByteWriter run) {
    int id = column.ids[row];
    if (id < 0) {
      run.putNullText();
    } else {
      run.putText(column.bytes, column.offsets[id], column.length(id));
    }
  }

  private static void putString(byte[] bytes, int offset, int length, ByteWriter key) {
    for (int i = offset; i < offset + length; i++) {
      int value = bytes[i];
      if (value == END || value == ESCAPE) {
        key.putByte(ESCAPE).putByte(value + 1);
      } else {
        key.putByte(value);
      }
    }
    key.putByte(END);
  }

  /** Reads the visitor, with which a key begins. */
  static void readVisitor(ByteReader key, Visitor visitor) {
    key.skip(HASH_LENGTH);
    byte kind = key.readByte();
    var string = new byte[key.remaining()];
    int length = 0;
    for (byte value = key.readByte(); value != END; value = key.readByte()) {
      string[length++] = value == ESCAPE ? (byte) (key.readByte() - 1) : value;
    }
    visitor.set(kind, string, 0, length);
  }

  /** Whether what stands behind the visitor in a key says that the value is a run of events. */
  static boolean isOfEvents(ByteReader key) {
    key.skip(Long.BYTES);
    return key.readByte() == EVENTS;
  }

  /** Reads the next event of a run. */
  void readEvent(ByteReader run) {
    int flags = run.readByte();
    columns.typesOfIds[0] = (byte) (flags & TYPE);
    columns.times[0] = run.readSigned();
    readString(run, columns.products);
    readString(run, columns.users);
    readString(run, columns.sessions);
    readString(run, columns.orders);
    readString(run, columns.brands);
    readString(run, columns.categories);
    readString(run, columns.trafficSources);
    readString(run, columns.campaigns);
    readString(run, columns.devices);
    readString(run, columns.countries);
    hasNoPrice[0] = (flags & PRICED) == 0;
    price[0] = hasNoPrice[0] ? 0 : run.readSigned();
    columns.quantities[0] = run.readSigned();
  }

  /** Points to a string where it lies. */
  private static void readString(ByteReader run, Strings column) {
    int length = run.readTextLength();
    if (length < 0) {
      column.ids[0] = StringColumn.NULL;
      return;
    }
    column.ids[0] = 0;
    column.bytes = run.bytes();
    column.offsets[0] = run.position();
    column.offsets[1] = run.position() + length;
    run.skip(length);
  }
}
