package org.clickmill.jobs.views;

import java.util.Arrays;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;

/**
 * The rows of a batch that count, grouped by the dictionary id of their product: those of a product
 * stand together, in the order in which they have in the batch.
 */
final class ProductRows {
  private static final byte PASSED_OVER = 0;
  private static final byte KNOWN = 1;
  private static final byte VIEW = 2;

  private byte[] kinds = new byte[0];
  private int[] types = new int[0];
  private int[] starts = new int[1];
  private int[] rows = new int[0];
  private int products;
  private int size;

  /**
   * Groups the rows of a batch.
   *
   * @param allKnown whether events of other known types count besides views
   */
  void group(ColumnBatch batch, boolean allKnown) {
    var type = batch.strings("event_type");
    kinds = kinds(type, allKnown);
    types = type.ids();
    var product = batch.strings("product_id");
    products = product.dictionarySize();
    if (starts.length < products + 2) {
      starts = new int[products + 2];
    }
    if (rows.length < batch.size()) {
      rows = new int[batch.size()];
    }
    sort(product.ids(), batch.size());
  }

  /** Number of products in the batch's dictionary, of which some may have no rows. */
  int products() {
    return products;
  }

  /** Where the rows of a product begin in {@link #rows()}; the next product's begin at their end. */
  int start(int product) {
    return starts[product];
  }

  int[] rows() {
    return rows;
  }

  /** Number of all rows that count. */
  int size() {
    return size;
  }

  boolean isView(int row) {
    return kinds[types[row]] == VIEW;
  }

  /** Sorts by counting: how many rows a product has tells where the next product's begin. */
  private void sort(int[] ids, int batchSize) {
    // While rows are placed, starts[id + 1] is where the next row of a product goes.
    Arrays.fill(starts, 0, products + 2, 0);
    for (int row = 0; row < batchSize; row++) {
      int id = ids[row];
      if (id != StringColumn.NULL && kinds[types[row]] != PASSED_OVER) {
        starts[id + 2]++;
      }
    }
    for (int id = 2; id < products + 2; id++) {
      starts[id] += starts[id - 1];
    }
    size = starts[products + 1];
    for (int row = 0; row < batchSize; row++) {
      int id = ids[row];
      if (id != StringColumn.NULL && kinds[types[row]] != PASSED_OVER) {
        rows[starts[id + 1]++] = row;
      }
    }
  }

  /** What each dictionary id of the event type means. */
  private static byte[] kinds(StringColumn types, boolean allKnown) {
    var kinds = new byte[types.dictionarySize()];
    for (int id = 0; id < kinds.length; id++) {
      for (var type : EventType.values()) {
        if (type.matches(types.bytes(), types.offset(id), types.length(id))) {
          kinds[id] = type == EventType.VIEW ? VIEW : allKnown ? KNOWN : PASSED_OVER;
        }
      }
    }
    return kinds;
  }
}
