package org.clickmill.jobs.interactions;

import java.util.Arrays;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * The events of one user by product and type, while the user's rows are read: a slot for each
 * product. The product's slot is found in an array by the product's ordinal, which is never
 * cleared: an entry holds if the slot that it names says so.
 */
final class UserProducts {
  private static final int TYPES = EventType.values().length;
  private static final int USER_ID = InteractionsDays.SCHEMA.ordinal("user_id");
  private static final int PRODUCT_ID = InteractionsDays.SCHEMA.ordinal("product_id");
  private static final int[] COUNTS =
      Arrays.stream(EventType.values())
          .mapToInt(type -> InteractionsDays.SCHEMA.ordinal(InteractionsDays.column(type)))
          .toArray();

  private final TextDictionary products = new TextDictionary();
  private int[] slots = new int[1024];
  private int[] ordinals = new int[16];
  private int[] counts = new int[16 * TYPES];
  private int size;
  private byte[] user = new byte[64];
  private int userLength;

  /** Whether these are the events of a user. */
  boolean isOf(StringColumn users, int id) {
    int offset = users.offset(id);
    return Arrays.equals(user, 0, userLength, users.bytes(), offset, offset + users.length(id));
  }

  /** Forgets the events and begins with those of another user. */
  void begin(StringColumn users, int id) {
    size = 0;
    userLength = users.length(id);
    if (user.length < userLength) {
      user = new byte[2 * userLength];
    }
    System.arraycopy(users.bytes(), users.offset(id), user, 0, userLength);
  }

  /** The ordinal of a product, for {@link #add}. */
  int ordinal(StringColumn column, int id) {
    int ordinal = products.ordinal(column, id);
    if (ordinal >= slots.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
    }
    return ordinal;
  }

  /**
   * Adds one event.
   *
   * @param type the type's ordinal
   */
  void add(int product, int type) {
    int slot = slots[product];
    if (slot >= size || ordinals[slot] != product) {
      slot = newSlot(product);
    }
    counts[slot * TYPES + type]++;
  }

  private int newSlot(int product) {
    if (size == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size * TYPES);
    }
    int slot = size++;
    slots[product] = slot;
    ordinals[slot] = product;
    Arrays.fill(counts, slot * TYPES, slot * TYPES + TYPES, 0);
    return slot;
  }

  /** The number of the user's products. */
  int size() {
    return size;
  }

  /** The number of events of the user with a product. */
  long events(int slot) {
    long events = 0;
    for (int type = 0; type < TYPES; type++) {
      events += counts[slot * TYPES + type];
    }
    return events;
  }

  /** Fills a row with the user's events with a product. */
  void fill(Row row, int slot) {
    int product = ordinals[slot];
    row.setText(USER_ID, user, 0, userLength);
    row.setText(PRODUCT_ID, products.bytes(), products.offset(product), products.length(product));
    for (int type = 0; type < TYPES; type++) {
      row.setLong(COUNTS[type], counts[slot * TYPES + type]);
    }
  }

  /** Writes user and product, by which their events in other files are found. */
  void putKey(int slot, ByteWriter key) {
    int product = ordinals[slot];
    key.putText(user, 0, userLength);
    key.putBytes(products.bytes(), products.offset(product), products.length(product));
  }

  /** Writes the numbers of events in the order of the types. */
  void putCounts(int slot, ByteWriter partial) {
    for (int type = 0; type < TYPES; type++) {
      partial.putUnsigned(counts[slot * TYPES + type]);
    }
  }

  /** Forgets the events, not the user. */
  void clear() {
    size = 0;
  }

  /** The same user without events, in arrays as small as at first. */
  UserProducts emptied() {
    var emptied = new UserProducts();
    emptied.user = user;
    emptied.userLength = userLength;
    return emptied;
  }

  /** Bytes of the arrays, used or not. */
  long memoryBytes() {
    long arrays = (long) slots.length + ordinals.length + counts.length;
    return products.memoryBytes() + Integer.BYTES * arrays;
  }
}
