package org.clickmill.jobs.live;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.clickmill.formats.table.Row;

/**
 * A row of live_sales without its time.
 *
 * @param product the product_id, or (none)
 * @param revenue scaled money
 */
record ProductSales(String product, long orderLines, long units, long orders, long revenue) {
  static ProductSales read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new EOFException("A length of " + length);
    }
    var product = in.readNBytes(length);
    return new ProductSales(
        new String(product, StandardCharsets.UTF_8),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  void write(DataOutputStream out) throws IOException {
    byte[] utf8 = product.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
    out.writeLong(orderLines);
    out.writeLong(units);
    out.writeLong(orders);
    out.writeLong(revenue);
  }

  /** Fills a row of {@link Live#SALES}. */
  void fill(Row row, long bucketStart) {
    row.setLong(0, bucketStart);
    row.setText(1, product);
    row.setLong(2, orderLines);
    row.setLong(3, units);
    row.setLong(4, orders);
    row.setLong(5, revenue);
  }
}
