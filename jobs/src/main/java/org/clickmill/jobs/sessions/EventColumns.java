package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;
import java.util.stream.Stream;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * The columns of events that sessions look at: those of a batch, or of a single event that {@link
 * EventKeys} has decoded. What is in them belongs to the batch and is gone with it.
 */
final class EventColumns {
  /** Those that the session of an event without visitor is named by. */
  private static final List<String> IDENTITY =
      List.of(
          "event_time",
          "event_type",
          "product_id",
          "category_id",
          "category_code",
          "brand",
          "price",
          "quantity",
          "visitor_id",
          "user_id",
          "user_session",
          "order_id",
          "event_id");

  static final List<String> NAMES =
      Stream.concat(IDENTITY.stream(), Stream.of("traffic_source", "campaign", "device", "country"))
          .toList();

  private static final Hasher128 HASHER = Hashing.murmur3_128();

  final Strings products = new Strings();
  final Strings brands = new Strings();
  final Strings categories = new Strings();
  final Strings visitorIds = new Strings();
  final Strings users = new Strings();
  final Strings sessions = new Strings();
  final Strings orders = new Strings();
  final Strings trafficSources = new Strings();
  final Strings campaigns = new Strings();
  final Strings devices = new Strings();
  final Strings countries = new Strings();

  /** Milliseconds since the epoch. */
  long[] times;

  /** Of one unit, scaled. */
  LongColumn prices;

  long[] quantities;

  /** A {@link KnownType} for each id of the types. */
  byte[] typesOfIds;

  int[] typeIds;

  private final ByteWriter content = new ByteWriter();
  private ColumnBatch batch;

  /** A column of strings: each row has the id of one, {@link StringColumn#NULL} for none. */
  static final class Strings {
    int[] ids;
    byte[] bytes;
    int[] offsets;

    /** Number of ids. */
    int size;

    /** Whether two ids never stand for equal strings. */
    boolean isDistinct;

    private void begin(StringColumn column) {
      ids = column.ids();
      bytes = column.bytes();
      offsets = column.offsets();
      size = column.dictionarySize();
      isDistinct = column.isDistinct();
    }

    int length(int id) {
      return offsets[id + 1] - offsets[id];
    }
  }

  /** Points to the columns of a batch. */
  void begin(ColumnBatch next) {
    batch = next;
    times = next.longs("event_time").values();
    typeIds = next.strings("event_type").ids();
    typesOfIds = KnownType.of(next.strings("event_type"));
    prices = next.longs("price");
    quantities = next.longs("quantity").values();
    products.begin(next.strings("product_id"));
    brands.begin(next.strings("brand"));
    categories.begin(next.strings("category_code"));
    visitorIds.begin(next.strings("visitor_id"));
    users.begin(next.strings("user_id"));
    sessions.begin(next.strings("user_session"));
    orders.begin(next.strings("order_id"));
    trafficSources.begin(next.strings("traffic_source"));
    campaigns.begin(next.strings("campaign"));
    devices.begin(next.strings("device"));
    countries.begin(next.strings("country"));
  }

  /** A {@link KnownType}, or UNKNOWN. */
  byte type(int row) {
    return typesOfIds[typeIds[row]];
  }

  /** Whether a row is a purchase of something. */
  boolean isPurchase(int row) {
    return type(row) == KnownType.PURCHASE && quantities[row] > 0;
  }

  /** Whether a row tells where its visitor came from. */
  boolean hasTraffic(int row) {
    return trafficSources.ids[row] >= 0 || campaigns.ids[row] >= 0;
  }

  /** A hash of what a row says. Columns that only this asks for are decoded for it alone. */
  HashValue128 hash(int row) {
    content.clear().putFixed(times[row]);
    content.putByte(prices.isNull(row) ? 0 : 1).putFixed(prices.values()[row]);
    content.putFixed(quantities[row]);
    for (var name : IDENTITY) {
      if (!name.equals("event_time") && !name.equals("price") && !name.equals("quantity")) {
        var column = batch.strings(name);
        int id = column.ids()[row];
        if (id == StringColumn.NULL) {
          content.putNullText();
        } else {
          content.putText(column.bytes(), column.offset(id), column.length(id));
        }
      }
    }
    return HASHER.hashBytesTo128Bits(content.bytes(), 0, content.length());
  }
}
