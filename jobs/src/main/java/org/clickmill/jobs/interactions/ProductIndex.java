package org.clickmill.jobs.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.read.TableReader;
import org.clickmill.jobs.kernel.TextDictionary;

/** All products of a dictionary in memory: their ids' bytes and about 16 bytes each besides. */
final class ProductIndex {
  private final TextDictionary ids = new TextDictionary();
  private int size;

  /** Reads the table interactions_products of a day, whose rows are in the order of numbers. */
  static ProductIndex read(Path folder, Configuration configuration) throws IOException {
    var index = new ProductIndex();
    try (var rows = TableReader.open(folder.getFileSystem(configuration), folder, configuration)) {
      while (rows.next()) {
        index.add(rows.bytes("product_id"), rows.longValue("product_index"));
      }
    }
    return index;
  }

  void add(byte[] id, long number) {
    int ordinal = ids.ordinal(id, 0, id.length);
    if (ordinal != number || ordinal != size) {
      throw new IllegalStateException(
          "Product " + size + " is out of order: " + new String(id, StandardCharsets.UTF_8));
    }
    size++;
  }

  /** The number of a product, which must be there. */
  int index(byte[] source, int offset, int length) {
    int ordinal = ids.ordinal(source, offset, length);
    if (ordinal >= size) {
      throw new IllegalStateException(
          "Product without number: " + new String(source, offset, length, StandardCharsets.UTF_8));
    }
    return ordinal;
  }

  /** The bytes that all ids lie in. */
  byte[] bytes() {
    return ids.bytes();
  }

  int offset(int product) {
    return ids.offset(product);
  }

  int length(int product) {
    return ids.length(product);
  }
}
