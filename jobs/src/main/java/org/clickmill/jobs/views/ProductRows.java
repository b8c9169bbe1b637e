package org.clickmill.jobs.views;

import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.RowGroups;

/** The rows of a batch that count, grouped by the dictionary id of their product. */
final class ProductRows {
  private static final byte PASSED_OVER = 0;
  private static final byte KNOWN = 1;
  private static final byte VIEW = 2;

  private final RowGroups groups = new RowGroups();
  private byte[] kinds = new byte[0];
  private int[] types = new int[0];
  private int products;

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
    int[] ids = product.ids();
    int[] group = groups.groups(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      // A row without product has the id that stands for no group.
      group[row] = kinds[types[row]] == PASSED_OVER ? RowGroups.NONE : ids[row];
    }
    groups.sort(batch.size(), products);
  }

  /** Number of products in the batch's dictionary, of which some may have no rows. */
  int products() {
    return products;
  }

  /**
   * Where the rows of a product begin in {@link #rows()}; the next product's begin at their end.
   */
  int start(int product) {
    return groups.start(product);
  }

  int[] rows() {
    return groups.rows();
  }

  /** Number of all rows that count. */
  int size() {
    return groups.size();
  }

  boolean isView(int row) {
    return kinds[types[row]] == VIEW;
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
