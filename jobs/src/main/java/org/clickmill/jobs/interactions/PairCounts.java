package org.clickmill.jobs.interactions;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import org.clickmill.formats.event.EventType;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.TextDictionary;

/** The partial counts of a day: a slot for each user and product, a number for each type. */
final class PairCounts {
  private static final int TYPES = EventType.values().length;
  private static final int NO_SLOT = -1;

  private final Long2IntOpenHashMap slotsByPair = new Long2IntOpenHashMap();
  private long[] pairs = new long[1024];
  private int[] counts = new int[1024 * TYPES];
  private int slots;

  PairCounts() {
    slotsByPair.defaultReturnValue(NO_SLOT);
  }

  /**
   * Adds one event.
   *
   * @param type the type's ordinal
   */
  void add(int user, int product, int type) {
    long pair = ((long) user << 32) | product;
    int slot = slotsByPair.putIfAbsent(pair, slots);
    if (slot == NO_SLOT) {
      slot = slots++;
      if (slot == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * slot);
        counts = Arrays.copyOf(counts, 2 * slot * TYPES);
      }
      pairs[slot] = pair;
      Arrays.fill(counts, slot * TYPES, slot * TYPES + TYPES, 0);
    }
    counts[slot * TYPES + type]++;
  }

  long memoryBytes() {
    // An entry of the hash table takes 12 bytes, and it is between a third and three quarters full.
    return slots * (Long.BYTES + Integer.BYTES * (long) TYPES + 30);
  }

  /** Emits every slot; the keys of a user follow each other. */
  void emit(TextDictionary users, TextDictionary products, Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    for (int slot = 0; slot < slots; slot++) {
      int user = (int) (pairs[slot] >>> 32);
      int product = (int) pairs[slot];
      key.clear().putText(users.bytes(), users.offset(user), users.length(user));
      key.putBytes(products.bytes(), products.offset(product), products.length(product));
      partial.clear();
      long events = 0;
      for (int type = 0; type < TYPES; type++) {
        int count = counts[slot * TYPES + type];
        partial.putUnsigned(count);
        events += count;
      }
      emitter.emit(InteractionsDays.DATASET, key, partial, events);
    }
  }

  void clear() {
    slots = 0;
    slotsByPair.clear();
  }
}
