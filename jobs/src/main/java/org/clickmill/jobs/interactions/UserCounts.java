package org.clickmill.jobs.interactions;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/** What one user did with each product, in arrays: a slot for each product. */
final class UserCounts {
  private static final int NO_SLOT = -1;

  private final int types;
  private Int2IntOpenHashMap slotsByProduct = map();
  private int[] products = new int[16];
  private long[] counts;
  private int slots;

  /**
   * @param types how many numbers are kept for each product
   */
  UserCounts(int types) {
    this.types = types;
    counts = new long[16 * types];
  }

  /** Begins with another user. */
  void clear() {
    if (slots > 0) {
      // A map that one busy user made large would take long to clear for each of the others.
      slotsByProduct = map();
    }
    slots = 0;
  }

  /** The slot of a product. */
  int slot(int product) {
    int slot = slotsByProduct.putIfAbsent(product, slots);
    if (slot != NO_SLOT) {
      return slot;
    }
    if (slots == products.length) {
      products = Arrays.copyOf(products, 2 * slots);
      counts = Arrays.copyOf(counts, 2 * slots * types);
    }
    products[slots] = product;
    Arrays.fill(counts, slots * types, (slots + 1) * types, 0);
    return slots++;
  }

  void add(int slot, int type, long count) {
    counts[slot * types + type] += count;
  }

  /** The user's products, in order. */
  int[] products() {
    var sorted = Arrays.copyOf(products, slots);
    IntArrays.quickSort(sorted);
    return sorted;
  }

  double rating(int product, Weights weights) {
    return weights.rating(counts, slotsByProduct.get(product) * types);
  }

  private static Int2IntOpenHashMap map() {
    var map = new Int2IntOpenHashMap();
    map.defaultReturnValue(NO_SLOT);
    return map;
  }
}
