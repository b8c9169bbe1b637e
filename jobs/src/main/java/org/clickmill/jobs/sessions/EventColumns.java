package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
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

    /** The ordinals of rows, where the dictionary is that of the batch. */
    private void gather(int[] rows, int count, int[] target) {
      if (isEmpty) {
        Arrays.fill(target, 0, count, SessionEvents.NULL);
        return;
      }
      int[] source = ids;
      int shift = first;
      for (int i = 0; i < count; i++) {
        int id = source[rows[i]];
        target[i] = id == StringColumn.NULL ? SessionEvents.NULL : id + shift;
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

  /**
   * Sets events to rows, all that there are. Column by column, since a loop over two arrays is
   * quicker than one over twenty.
   *
   * @param rows of which so many are read as the collection is resized to
   */
  void readAll(int[] rows, int count, SessionEvents events) {
    events.resize(count);
    gather(times, rows, count, events.times);
    gather(quantities, rows, count, events.quantities);
    byte[] codes = events.types;
    int[] typeIds = types;
    byte[] codesOfIds = typesOfIds;
    for (int i = 0; i < count; i++) {
      codes[i] = codesOfIds[typeIds[rows[i]]];
    }
    gatherPrices(rows, count, events);
    products.gather(rows, count, events.products);
    brands.gather(rows, count, events.brands);
    categories.gather(rows, count, events.categories);
    users.gather(rows, count, events.users);
    sessions.gather(rows, count, events.sessions);
    orders.gather(rows, count, events.orders);
  }

  private void gatherPrices(int[] rows, int count, SessionEvents events) {
    long[] values = prices.values();
    long[] target = events.prices;
    boolean[] priced = events.priced;
    for (int i = 0; i < count; i++) {
      boolean isPriced = !prices.isNull(rows[i]);
      priced[i] = isPriced;
      target[i] = isPriced ? values[rows[i]] : 0;
    }
  }

  private static void gather(long[] source, int[] rows, int count, long[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = source[rows[i]];
    }
  }

  private static void gather(long[] source, int[] rows, int count, int[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = (int) source[rows[i]];
    }
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
