package org.clickmill.jobs.views;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * All products of a day's windows in arrays: the bytes of product_id and, for each window, three
 * numbers a product.
 */
final class TrendingProducts {
  /** Keeps products with few views from the top, whatever their growth. */
  private static final long DAMPING = 25;

  private final Counts[] windows;
  private final ByteWriter ids = new ByteWriter();
  private int[] ends = new int[1024];
  private int size;

  /** The counts of each product in one window and the one before it. */
  private static final class Counts {
    private long[] views = new long[1024];
    private long[] before = new long[1024];
    private long[] visitors = new long[1024];
  }

  TrendingProducts(int windows) {
    this.windows = new Counts[windows];
    Arrays.setAll(this.windows, window -> new Counts());
  }

  void clear() {
    ids.clear();
    size = 0;
  }

  /** Adds a product, which comes after those that are there in the order of the ids' bytes. */
  void add(ByteReader id) {
    if (size == ends.length) {
      grow();
    }
    ids.putBytes(id.bytes(), id.position(), id.remaining());
    ends[size++] = ids.length();
  }

  /** Sets the counts of the product added last. */
  void set(int window, long views, long before, long visitors) {
    int product = size - 1;
    windows[window].views[product] = views;
    windows[window].before[product] = before;
    windows[window].visitors[product] = visitors;
  }

  /** The products viewed in a window or before, highest score first, ties by id. */
  int[] ranked(int window) {
    var products = new int[size];
    var scores = new double[size];
    int viewed = 0;
    for (int product = 0; product < size; product++) {
      if (views(window, product) > 0 || before(window, product) > 0) {
        scores[product] = score(views(window, product), before(window, product));
        products[viewed++] = product;
      }
    }
    IntArrays.quickSort(
        products,
        0,
        viewed,
        (a, b) -> {
          int order = Double.compare(scores[b], scores[a]);
          return order != 0 ? order : Integer.compare(a, b);
        });
    return Arrays.copyOf(products, viewed);
  }

  /** How much the views of a window stand out from those of the one before it. */
  static double score(long views, long before) {
    return Math.subtractExact(views, before)
        / Math.sqrt((double) Math.addExact(Math.addExact(views, before), DAMPING));
  }

  long views(int window, int product) {
    return windows[window].views[product];
  }

  long before(int window, int product) {
    return windows[window].before[product];
  }

  long visitors(int window, int product) {
    return windows[window].visitors[product];
  }

  /** The bytes that all ids lie in. */
  byte[] bytes() {
    return ids.bytes();
  }

  int offset(int product) {
    return product == 0 ? 0 : ends[product - 1];
  }

  int length(int product) {
    return ends[product] - offset(product);
  }

  private void grow() {
    ends = Arrays.copyOf(ends, 2 * ends.length);
    for (var counts : windows) {
      counts.views = Arrays.copyOf(counts.views, ends.length);
      counts.before = Arrays.copyOf(counts.before, ends.length);
      counts.visitors = Arrays.copyOf(counts.visitors, ends.length);
    }
  }
}
