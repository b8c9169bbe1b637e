package org.clickmill.jobs.sessions;

import it.unimi.dsi.fastutil.Swapper;
import java.util.Arrays;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Events of visitors in columns, as far as sessions look at them. Texts are ordinals of one
 * dictionary, {@link #NULL} for none. The columns grow together, so take them anew after {@link
 * #add}.
 */
final class SessionEvents {
  static final int NULL = -1;

  /** Milliseconds since the epoch. */
  long[] times = new long[64];

  /** A {@link KnownType}. */
  byte[] types = new byte[64];

  int[] products = new int[64];
  int[] brands = new int[64];
  int[] categories = new int[64];
  int[] users = new int[64];

  /** The user_session. */
  int[] sessions = new int[64];

  int[] orders = new int[64];

  /** Of one unit, scaled; 0 where there is none. */
  long[] prices = new long[64];

  boolean[] priced = new boolean[64];
  int[] quantities = new int[64];

  private final TextDictionary texts;
  private int size;

  SessionEvents(TextDictionary texts) {
    this.texts = texts;
  }

  TextDictionary texts() {
    return texts;
  }

  int size() {
    return size;
  }

  /** Forgets the events, not the texts. */
  void clear() {
    size = 0;
  }

  /** Room for one more event; its columns hold anything until they are set. */
  int add() {
    if (size == times.length) {
      grow(2 * size);
    }
    return size++;
  }

  /** Makes room for so many events, which hold anything until they are set, in place of all. */
  void resize(int events) {
    if (events > times.length) {
      grow(Math.max(events, 2 * times.length));
    }
    size = events;
  }

  /** Sets one event to what another collection with the same dictionary holds. */
  void copy(SessionEvents other, int from, int to) {
    times[to] = other.times[from];
    types[to] = other.types[from];
    products[to] = other.products[from];
    brands[to] = other.brands[from];
    categories[to] = other.categories[from];
    users[to] = other.users[from];
    sessions[to] = other.sessions[from];
    orders[to] = other.orders[from];
    prices[to] = other.prices[from];
    priced[to] = other.priced[from];
    quantities[to] = other.quantities[from];
  }

  /** Sets one event to what another collection with another dictionary holds. */
  void translate(SessionEvents other, int from, int to) {
    copy(other, from, to);
    products[to] = translate(other.texts, products[to]);
    brands[to] = translate(other.texts, brands[to]);
    categories[to] = translate(other.texts, categories[to]);
    users[to] = translate(other.texts, users[to]);
    sessions[to] = translate(other.texts, sessions[to]);
    orders[to] = translate(other.texts, orders[to]);
  }

  /** The ordinal here of a text of another dictionary. */
  int translate(TextDictionary other, int text) {
    return text == NULL
        ? NULL
        : texts.ordinal(other.bytes(), other.offset(text), other.length(text));
  }

  /** Brings the events of one visitor, if that is all there are, into content order. */
  void sort() {
    sort(0, size);
  }

  /** Brings a range of events, which are one visitor's, into content order. */
  void sort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (times[i - 1] >= times[i] && compare(i - 1, i) > 0) {
        Swapper swapper = this::swap;
        it.unimi.dsi.fastutil.Arrays.mergeSort(from, to, this::compare, swapper);
        return;
      }
    }
  }

  /**
   * Content order of two events of one visitor. Columns that sessions do not look at are left out:
   * what differs only in these can change places.
   */
  int compare(int a, int b) {
    if (times[a] != times[b]) {
      return times[a] < times[b] ? -1 : 1;
    }
    int order = types[a] - types[b];
    order = order != 0 ? order : compareTexts(products[a], products[b]);
    order = order != 0 ? order : compareTexts(users[a], users[b]);
    order = order != 0 ? order : compareTexts(sessions[a], sessions[b]);
    order = order != 0 ? order : compareTexts(orders[a], orders[b]);
    order = order != 0 ? order : Boolean.compare(priced[a], priced[b]);
    order = order != 0 ? order : Long.compare(prices[a], prices[b]);
    order = order != 0 ? order : Integer.compare(quantities[a], quantities[b]);
    order = order != 0 ? order : compareTexts(brands[a], brands[b]);
    return order != 0 ? order : compareTexts(categories[a], categories[b]);
  }

  private int compareTexts(int a, int b) {
    if (a == b) {
      return 0;
    }
    if (a == NULL || b == NULL) {
      return a == NULL ? -1 : 1;
    }
    byte[] bytes = texts.bytes();
    int startA = texts.offset(a);
    int startB = texts.offset(b);
    return Arrays.compareUnsigned(
        bytes, startA, startA + texts.length(a), bytes, startB, startB + texts.length(b));
  }

  private void swap(int a, int b) {
    swap(times, a, b);
    byte type = types[a];
    types[a] = types[b];
    types[b] = type;
    swap(products, a, b);
    swap(brands, a, b);
    swap(categories, a, b);
    swap(users, a, b);
    swap(sessions, a, b);
    swap(orders, a, b);
    swap(prices, a, b);
    boolean isPriced = priced[a];
    priced[a] = priced[b];
    priced[b] = isPriced;
    swap(quantities, a, b);
  }

  private static void swap(long[] column, int a, int b) {
    long value = column[a];
    column[a] = column[b];
    column[b] = value;
  }

  private static void swap(int[] column, int a, int b) {
    int value = column[a];
    column[a] = column[b];
    column[b] = value;
  }

  private void grow(int capacity) {
    times = Arrays.copyOf(times, capacity);
    types = Arrays.copyOf(types, capacity);
    products = Arrays.copyOf(products, capacity);
    brands = Arrays.copyOf(brands, capacity);
    categories = Arrays.copyOf(categories, capacity);
    users = Arrays.copyOf(users, capacity);
    sessions = Arrays.copyOf(sessions, capacity);
    orders = Arrays.copyOf(orders, capacity);
    prices = Arrays.copyOf(prices, capacity);
    priced = Arrays.copyOf(priced, capacity);
    quantities = Arrays.copyOf(quantities, capacity);
  }
}
