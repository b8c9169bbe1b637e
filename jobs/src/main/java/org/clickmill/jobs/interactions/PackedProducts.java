package org.clickmill.jobs.interactions;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * What a user did with products in days with few of them, from partials that hold many rows: to be
 * added first, and then to be taken in the order of the products.
 */
final class PackedProducts {
  private final int types;
  private final ByteWriter bytes = new ByteWriter();
  private final ByteReader product = new ByteReader();
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private long[] counts;
  private int[] order = new int[64];
  private int size;
  private int next;
  private boolean isSorted;

  /**
   * @param types how many numbers are kept for each product
   */
  PackedProducts(int types) {
    this.types = types;
    counts = new long[64 * types];
  }

  /** Begins with another user. */
  void clear() {
    bytes.clear();
    size = 0;
    next = 0;
    isSorted = false;
  }

  /** Adds the rows of a partial: each a product and its counts. */
  void add(ByteReader rows) {
    while (rows.remaining() > 0) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size * types);
      }
      int length = rows.readTextLength();
      starts[size] = bytes.length();
      bytes.putBytes(rows.bytes(), rows.position(), length);
      ends[size] = bytes.length();
      rows.skip(length);
      for (int i = 0; i < types; i++) {
        counts[size * types + i] = rows.readUnsigned();
      }
      size++;
    }
  }

  /** Whether there is a product that has not been taken. */
  boolean hasNext() {
    return next < size;
  }

  /** Compares the next product with another by their bytes. */
  int compareNext(ByteReader other) {
    sort();
    int row = order[next];
    return Arrays.compareUnsigned(
        bytes.bytes(),
        starts[row],
        ends[row],
        other.bytes(),
        other.position(),
        other.position() + other.remaining());
  }

  /** Takes the next product and adds the counts of all its rows. */
  ByteReader take(long[] sums) {
    sort();
    int first = order[next];
    do {
      int row = order[next++];
      for (int i = 0; i < types; i++) {
        sums[i] += counts[row * types + i];
      }
    } while (next < size && compare(first, order[next]) == 0);
    return product.reset(bytes.bytes(), starts[first], ends[first] - starts[first]);
  }

  private void sort() {
    if (isSorted) {
      return;
    }
    if (order.length < size) {
      order = new int[starts.length];
    }
    for (int row = 0; row < size; row++) {
      order[row] = row;
    }
    IntArrays.quickSort(order, 0, size, this::compare);
    isSorted = true;
  }

  private int compare(int row, int other) {
    return Arrays.compareUnsigned(
        bytes.bytes(), starts[row], ends[row], bytes.bytes(), starts[other], ends[other]);
  }
}
