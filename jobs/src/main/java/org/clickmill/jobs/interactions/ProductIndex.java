package org.clickmill.jobs.interactions;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.read.TableReader;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Knows the numbers of all products of a dictionary: in memory as long as they fit into a part of
 * {@code clickmill.fold.memory-mb}, else by a local file.
 */
final class ProductIndex implements Closeable {
  /** How many bytes of memory the products may take; unless it is set, a quarter of the folds'. */
  static final String MEMORY_BYTES = "clickmill.internal.interactions.products-memory-bytes";

  private final long memoryBytes;
  private final TextDictionary ids = new TextDictionary();
  private SortedIdFile file;
  private long size;

  ProductIndex(long memoryBytes) {
    this.memoryBytes = memoryBytes;
  }

  /** Reads the table interactions_products of a day, whose rows are in the order of numbers. */
  static ProductIndex read(Path folder, Configuration configuration) throws IOException {
    long quarter = KernelSettings.foldMemoryBytes(configuration) / 4;
    var index = new ProductIndex(configuration.getLong(MEMORY_BYTES, quarter));
    try (var rows = TableReader.open(folder.getFileSystem(configuration), folder, configuration)) {
      while (rows.next()) {
        index.add(rows.bytes("product_id"), rows.longValue("product_index"));
      }
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
    return index;
  }

  /** Adds the next product; they come in the order of their ids' bytes. */
  void add(byte[] id, long number) throws IOException {
    if (file == null && ids.memoryBytes() + id.length > memoryBytes) {
      moveToFile();
    }
    boolean isNext =
        file == null ? ids.ordinal(id, 0, id.length) == number : file.add(id, 0, id.length);
    if (!isNext || number != size) {
      throw new IllegalStateException(
          "Product " + size + " is out of order: " + new String(id, StandardCharsets.UTF_8));
    }
    size++;
  }

  private void moveToFile() throws IOException {
    file = new SortedIdFile(memoryBytes);
    for (int i = 0; i < ids.size(); i++) {
      file.add(ids.bytes(), ids.offset(i), ids.length(i));
    }
    ids.clear();
  }

  /** The number of a product, which must be there. */
  long index(byte[] source, int offset, int length) throws IOException {
    long number =
        file == null ? ids.ordinal(source, offset, length) : file.find(source, offset, length);
    if (number < 0 || number >= size) {
      throw new IllegalStateException(
          "Product without number: " + new String(source, offset, length, StandardCharsets.UTF_8));
    }
    return number;
  }

  boolean isInMemory() {
    return file == null;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
