package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.LongColumn;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * The columns of a batch of events. Their texts get ordinals of one dictionary: either those of
 * equal texts that are there already, looked up once a dictionary id, or, where nothing outlives
 * the batch, simply the ids one column after another.
 */
final class EventColumns {
  static final List<String> NAMES =
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

  /** Those of which the texts are looked at. */
  private static final List<String> TEXTS =
      List.of(
          "product_id",
          "brand",
          "category_code",
          "visitor_id",
          "user_id",
          "user_session",
          "order_id");

  private static final Hasher128 HASHER = Hashing.murmur3_128();

  private final TextDictionary texts;
  private final boolean forBatchOnly;
  private final ByteWriter content = new ByteWriter();
  private final Texts products = new Texts();
  private final Texts brands = new Texts();
  private final Texts categories = new Texts();
  private final Texts visitorIds = new Texts();
  private final Texts users = new Texts();
  private final Texts sessions = new Texts();
  private final Texts orders = new Texts();

  private ColumnBatch batch;
  private long[] times;
  private byte[] typesOfIds;
  private int[] types;
  private LongColumn prices;
  private long[] quantities;

  /** Of the row that was looked at last. */
  private byte visitorKind;

  private int visitor;

  /** A text column of the batch. */
  private final class Texts {
    private StringColumn column;
    private int[] ids;
    private int[] ordinals = new int[0];
    private boolean isEmpty;

    /** Ordinal of id 0, where the dictionary is that of the batch. */
    private int first;

    private void begin(String name) {
      column = batch.strings(name);
      ids = column.ids();
      isEmpty = column.dictionarySize() == 0;
      if (forBatchOnly) {
        first = texts.append(column);
      } else {
        ordinals = TextDictionary.translation(column, ordinals);
      }
    }

    private int ordinal(int row) {
      if (isEmpty) {
        return SessionEvents.NULL;
      }
      int id = ids[row];
      if (id == StringColumn.NULL) {
        return SessionEvents.NULL;
      }
      if (forBatchOnly) {
        return first + id;
      }
      if (ordinals[id] == TextDictionary.UNKNOWN) {
        ordinals[id] = texts.ordinal(column, id);
      }
      return ordinals[id];
    }
  }

  private EventColumns(TextDictionary texts, boolean forBatchOnly) {
    this.texts = texts;
    this.forBatchOnly = forBatchOnly;
  }

  /** Gives equal texts of any batches equal ordinals. */
  EventColumns(TextDictionary texts) {
    this(texts, false);
  }

  /**
   * Fills a dictionary anew with the texts of each batch, as they are; {@link #isDistinct} says for
   * which batches that will do.
   */
  static EventColumns forBatchOnly(TextDictionary texts) {
    return new EventColumns(texts, true);
  }

  /** Whether equal texts of a column have equal ids in a batch. */
  static boolean isDistinct(ColumnBatch batch) {
    return TEXTS.stream().allMatch(name -> batch.strings(name).isDistinct());
  }

  void begin(ColumnBatch next) {
    batch = next;
    if (forBatchOnly) {
      texts.clear();
    }
    times = batch.longs("event_time").values();
    types = batch.strings("event_type").ids();
    typesOfIds = KnownType.of(batch.strings("event_type"));
    prices = batch.longs("price");
    quantities = batch.longs("quantity").values();
    products.begin("product_id");
    brands.begin("brand");
    categories.begin("category_code");
    visitorIds.begin("visitor_id");
    users.begin("user_id");
    sessions.begin("user_session");
    orders.begin("order_id");
  }

  long[] times() {
    return times;
  }

  /** A {@link KnownType}, or UNKNOWN. */
  byte type(int row) {
    return typesOfIds[types[row]];
  }

  /** Finds out who a row belongs to: {@link #visitorKind} and {@link #visitor}. */
  void identify(int row) {
    visitorKind = Visitor.VISITOR_ID;
    visitor = visitorIds.ordinal(row);
    if (visitor == SessionEvents.NULL) {
      visitorKind = Visitor.USER_ID;
      visitor = users.ordinal(row);
    }
    if (visitor == SessionEvents.NULL) {
      visitorKind = Visitor.USER_SESSION;
      visitor = sessions.ordinal(row);
    }
    if (visitor == SessionEvents.NULL) {
      visitorKind = Visitor.NONE;
    }
  }

  byte visitorKind() {
    return visitorKind;
  }

  int visitor() {
    return visitor;
  }

  /** Sets an event to a row. */
  void read(int row, SessionEvents events, int event) {
    events.times[event] = times[row];
    events.types[event] = type(row);
    events.products[event] = products.ordinal(row);
    events.brands[event] = brands.ordinal(row);
    events.categories[event] = categories.ordinal(row);
    events.users[event] = users.ordinal(row);
    events.sessions[event] = sessions.ordinal(row);
    events.orders[event] = orders.ordinal(row);
    boolean priced = !prices.isNull(row);
    events.priced[event] = priced;
    events.prices[event] = priced ? prices.values()[row] : 0;
    events.quantities[event] = (int) quantities[row];
  }

  /** A hash of all that a row says. Columns that only this asks for are decoded for it alone. */
  HashValue128 hash(int row) {
    content.clear().putFixed(times[row]);
    content.putByte(prices.isNull(row) ? 0 : 1).putFixed(prices.values()[row]);
    content.putFixed(quantities[row]);
    for (var name : NAMES) {
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
