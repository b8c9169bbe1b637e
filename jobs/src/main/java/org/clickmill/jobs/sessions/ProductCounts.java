package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Counts, for the products of a day, their events and the sessions that had them. Events are added
 * session by session.
 */
final class ProductCounts {
  private static final TableSchema SCHEMA = Sessions.SESSION_PRODUCTS_SCHEMA;
  private static final int PRODUCT_ID = SCHEMA.ordinal("product_id");

  /** The columns of a row, in this order in its counts. */
  private static final int[] COLUMNS =
      Arrays.stream(
              new String[] {
                "events",
                "views",
                "view_sessions",
                "cart_sessions",
                "purchase_sessions",
                "view_cart_sessions",
                "cart_purchase_sessions"
              })
          .mapToInt(SCHEMA::ordinal)
          .toArray();

  private static final int WIDTH = COLUMNS.length;
  private static final int KEPT = 1 << 16;

  private final ProductTimes session;
  private TextDictionary names = new TextDictionary();

  /** By product, one after another. */
  private long[] counts = new long[64 * WIDTH];

  /** By id of the batch, the number of a product. */
  private int[] known = new int[0];

  private EventColumns columns;

  /**
   * @param mostProducts of a session that are remembered
   */
  ProductCounts(int mostProducts) {
    session = new ProductTimes(mostProducts);
  }

  /** Begins with the columns of another batch, or of another event. */
  void begin(EventColumns next) {
    columns = next;
    int size = next.products.size;
    known = known.length < size ? new int[size] : known;
    Arrays.fill(known, 0, size, TextDictionary.UNKNOWN);
  }

  /** Adds an event of a known type to the session in hand. */
  void add(int row) {
    int id = columns.products.ids[row];
    if (id < 0) {
      return;
    }
    int product = product(id);
    byte type = columns.type(row);
    counts[product * WIDTH]++;
    counts[product * WIDTH + 1] += type == KnownType.VIEW ? 1 : 0;
    session.add(product, type, columns.isPurchase(row), columns.times[row]);
  }

  private int product(int id) {
    if (known[id] == TextDictionary.UNKNOWN) {
      var products = columns.products;
      known[id] = names.ordinal(products.bytes, products.offsets[id], products.length(id));
      if (names.size() * WIDTH > counts.length) {
        counts = Arrays.copyOf(counts, 2 * counts.length);
      }
    }
    return known[id];
  }

  /** Ends the session in hand. */
  void endSession() {
    for (int place = 0; place < session.size(); place++) {
      int count = session.product(place) * WIDTH + 2;
      counts[count++] += session.isViewed(place) ? 1 : 0;
      counts[count++] += session.isCarted(place) ? 1 : 0;
      counts[count++] += session.isBought(place) ? 1 : 0;
      counts[count++] += session.isCartedAfterView(place) ? 1 : 0;
      counts[count] += session.isBoughtAfterCart(place) ? 1 : 0;
    }
    session.clear();
  }

  boolean isEmpty() {
    return names.size() == 0;
  }

  long memoryBytes() {
    return names.memoryBytes() + (long) Long.BYTES * counts.length + session.memoryBytes();
  }

  /**
   * Writes what was counted, and forgets it, but for the session in hand, at the end of a batch.
   */
  void write(RowSink sink) throws IOException {
    for (int product = 0; product < names.size(); product++) {
      if (!isNothing(product)) {
        var row = sink.row();
        row.setText(PRODUCT_ID, names.bytes(), names.offset(product), names.length(product));
        for (int i = 0; i < WIDTH; i++) {
          row.setLong(COLUMNS[i], counts[product * WIDTH + i]);
        }
        sink.write();
      }
    }
    clear();
  }

  private boolean isNothing(int product) {
    for (int i = product * WIDTH; i < (product + 1) * WIDTH; i++) {
      if (counts[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void clear() {
    int before = names.size() * WIDTH;
    if (session.size() == 0) {
      names.clear();
    } else {
      keepSession();
    }
    if (counts.length > KEPT) {
      counts = new long[Math.max(64, Integer.highestOneBit(names.size()) * 2) * WIDTH];
    } else {
      Arrays.fill(counts, 0, before, 0);
    }
    Arrays.fill(known, TextDictionary.UNKNOWN);
  }

  private void keepSession() {
    var kept = new TextDictionary();
    var numbers = new int[session.size()];
    for (int place = 0; place < numbers.length; place++) {
      int product = session.product(place);
      numbers[place] = kept.ordinal(names.bytes(), names.offset(product), names.length(product));
    }
    session.renumber(numbers);
    names = kept;
  }
}
