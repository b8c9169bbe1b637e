package org.clickmill.jobs.views;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.GroupedHashSet;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * The partial counts of one table: a slot for each product, or for each product and hour, with its
 * counts, its distinct visitors and its last event.
 */
final class ProductCounts {
  private static final long HOUR = 3_600_000L;
  private static final int NO_SLOT = -1;
  private static final int NO_ROW = -1;

  private final String table;
  private final boolean hourly;
  private final Long2IntOpenHashMap slotsByKey = new Long2IntOpenHashMap();
  private final GroupedHashSet visitors = new GroupedHashSet();
  private final TextDictionary texts = new TextDictionary();

  // Slots of the hour at hand by product: events in time order find theirs without hashing.
  private int[] slotsOfHour = new int[0];
  private long hour = Long.MIN_VALUE;

  private int slots;
  private long[] keys = new long[1024];
  private long[] hours = new long[1024];
  private int[] events = new int[1024];
  private int[] views = new int[1024];
  private long[] lastTimes = new long[1024];
  private long[] lastPositions = new long[1024];
  private int[] lastRows = new int[1024];
  private int[] brands = new int[1024];
  private int[] categories = new int[1024];
  private int[] touched = new int[1024];
  private int touchedCount;
  private ColumnBatch batch;

  ProductCounts(String table, boolean hourly) {
    this.table = table;
    this.hourly = hourly;
    slotsByKey.defaultReturnValue(NO_SLOT);
  }

  void begin(ColumnBatch next) {
    batch = next;
  }

  /** Adds one event of a product. */
  void add(int product, int row, long time, boolean isView, long visitor) {
    long rowHour = hourly ? Math.floorDiv(time, HOUR) : 0;
    if (rowHour != hour) {
      hour = rowHour;
      Arrays.fill(slotsOfHour, NO_SLOT);
    }
    if (product >= slotsOfHour.length) {
      growProducts(product);
    }
    int slot = slotsOfHour[product];
    if (slot == NO_SLOT) {
      slot = slot(product);
      slotsOfHour[product] = slot;
    }
    events[slot]++;
    if (time >= lastTimes[slot]) {
      lastTimes[slot] = time;
      if (lastRows[slot] == NO_ROW) {
        touched[touchedCount++] = slot;
      }
      lastRows[slot] = row;
    }
    if (isView) {
      views[slot]++;
      if (visitor != VisitorHashes.NONE) {
        visitors.add(slot, 0, visitor);
      }
    }
  }

  /** Looks up brand and category of the last events, once a product and batch. */
  void end() {
    var brand = batch.strings("brand");
    var category = batch.strings("category_code");
    for (int i = 0; i < touchedCount; i++) {
      int slot = touched[i];
      brands[slot] = ordinal(brand, lastRows[slot]);
      categories[slot] = ordinal(category, lastRows[slot]);
      lastPositions[slot] = batch.position();
      lastRows[slot] = NO_ROW;
    }
    touchedCount = 0;
  }

  long memoryBytes() {
    return slots * 80L + visitors.memoryBytes() + texts.memoryBytes();
  }

  void flush(TextDictionary products, Emitter emitter) {
    if (emitter.wants(table)) {
      emit(products, emitter);
    }
    slots = 0;
    slotsByKey.clear();
    visitors.clear();
    texts.clear();
    hour = Long.MIN_VALUE;
  }

  private void emit(TextDictionary products, Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    var hashes = visitors.grouped(slots);
    for (int slot = 0; slot < slots; slot++) {
      int product = (int) (keys[slot] >>> 32);
      key.clear();
      if (hourly) {
        key.putOrdered(hours[slot] * HOUR);
      }
      key.putBytes(products.bytes(), products.offset(product), products.length(product));
      partial.clear().putUnsigned(views[slot]).putSigned(lastTimes[slot]);
      partial.putSigned(lastPositions[slot]);
      putText(partial, brands[slot]);
      putText(partial, categories[slot]);
      VisitorSketch.write(partial, hashes.lows(), hashes.start(slot), hashes.end(slot));
      emitter.emit(table, key, partial, events[slot]);
    }
  }

  private void putText(ByteWriter partial, int ordinal) {
    if (ordinal == TextDictionary.UNKNOWN) {
      partial.putNullText();
    } else {
      partial.putText(texts.bytes(), texts.offset(ordinal), texts.length(ordinal));
    }
  }

  private int ordinal(StringColumn column, int row) {
    int id = column.ids()[row];
    return id == StringColumn.NULL ? TextDictionary.UNKNOWN : texts.ordinal(column, id);
  }

  private int slot(int product) {
    // Hours since the epoch fit an int; a day has at most 24, so the low half tells them apart.
    long key = ((long) product << 32) | (hour & 0xffffffffL);
    int slot = slotsByKey.putIfAbsent(key, slots);
    if (slot != NO_SLOT) {
      return slot;
    }
    if (slots == keys.length) {
      growSlots();
    }
    keys[slots] = key;
    hours[slots] = hour;
    events[slots] = 0;
    views[slots] = 0;
    lastTimes[slots] = Long.MIN_VALUE;
    lastRows[slots] = NO_ROW;
    return slots++;
  }

  private void growProducts(int product) {
    int old = slotsOfHour.length;
    slotsOfHour = Arrays.copyOf(slotsOfHour, Math.max(1024, 2 * (product + 1)));
    Arrays.fill(slotsOfHour, old, slotsOfHour.length, NO_SLOT);
  }

  private void growSlots() {
    int size = 2 * keys.length;
    keys = Arrays.copyOf(keys, size);
    hours = Arrays.copyOf(hours, size);
    events = Arrays.copyOf(events, size);
    views = Arrays.copyOf(views, size);
    lastTimes = Arrays.copyOf(lastTimes, size);
    lastPositions = Arrays.copyOf(lastPositions, size);
    lastRows = Arrays.copyOf(lastRows, size);
    brands = Arrays.copyOf(brands, size);
    categories = Arrays.copyOf(categories, size);
    touched = Arrays.copyOf(touched, size);
  }
}
