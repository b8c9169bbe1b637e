package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.Arrays;

/** When a session viewed, carted and bought each of its products on a day. */
final class ProductTimes {
  private static final int NONE = -1;
  private static final int KEPT = 1 << 10;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long BEFORE_ALL = Long.MIN_VALUE;

  private final int most;
  private final Int2IntOpenHashMap places = new Int2IntOpenHashMap();
  private int[] products = new int[16];
  private long[] firstViews = new long[16];
  private long[] firstCarts = new long[16];
  private long[] lastCarts = new long[16];
  private long[] lastPurchases = new long[16];
  private int size;

  /**
   * @param most products that are remembered; of others nothing is
   */
  ProductTimes(int most) {
    this.most = most;
    places.defaultReturnValue(NONE);
  }

  int size() {
    return size;
  }

  /** The number of a product. */
  int product(int place) {
    return products[place];
  }

  /** Calls the products by other numbers. */
  void renumber(int[] others) {
    places.clear();
    for (int place = 0; place < size; place++) {
      products[place] = others[place];
      places.put(others[place], place);
    }
  }

  /** Adds an event of a known type. */
  void add(int product, byte type, boolean isPurchase, long time) {
    int place = place(product);
    if (place == NONE) {
      return;
    }
    if (type == KnownType.VIEW) {
      firstViews[place] = Math.min(firstViews[place], time);
    } else if (type == KnownType.CART) {
      firstCarts[place] = Math.min(firstCarts[place], time);
      lastCarts[place] = Math.max(lastCarts[place], time);
    } else if (isPurchase) {
      lastPurchases[place] = Math.max(lastPurchases[place], time);
    }
  }

  private int place(int product) {
    int place = places.get(product);
    if (place != NONE || size == most) {
      return place;
    }
    if (size == products.length) {
      products = Arrays.copyOf(products, 2 * size);
      firstViews = Arrays.copyOf(firstViews, 2 * size);
      firstCarts = Arrays.copyOf(firstCarts, 2 * size);
      lastCarts = Arrays.copyOf(lastCarts, 2 * size);
      lastPurchases = Arrays.copyOf(lastPurchases, 2 * size);
    }
    places.put(product, size);
    products[size] = product;
    firstViews[size] = NEVER;
    firstCarts[size] = NEVER;
    lastCarts[size] = BEFORE_ALL;
    lastPurchases[size] = BEFORE_ALL;
    return size++;
  }

  boolean isViewed(int place) {
    return firstViews[place] != NEVER;
  }

  boolean isCarted(int place) {
    return firstCarts[place] != NEVER;
  }

  boolean isBought(int place) {
    return lastPurchases[place] != BEFORE_ALL;
  }

  /** Whether there is a cart at or after a view. */
  boolean isCartedAfterView(int place) {
    return isViewed(place) && firstViews[place] <= lastCarts[place];
  }

  /** Whether there is a purchase at or after a cart. */
  boolean isBoughtAfterCart(int place) {
    return isCarted(place) && firstCarts[place] <= lastPurchases[place];
  }

  /** Begins with another session. */
  void clear() {
    if (size == 0) {
      return;
    }
    places.clear();
    if (size > KEPT) {
      places.trim();
    }
    size = 0;
  }

  long memoryBytes() {
    return 36L * products.length + 16L * places.size();
  }
}
