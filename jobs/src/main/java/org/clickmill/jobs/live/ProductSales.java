package org.clickmill.jobs.live;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.clickmill.formats.table.Row;

/**
 * A row of live_sales without its time.
 *
 * @param product the product_id in UTF-8
 * @param revenue scaled money
 */
record ProductSales(byte[] product, long orderLines, long units, long orders, long revenue) {
  static ProductSales read(DataInputStream in) throws IOException {
    var product = new byte[in.readInt()];
    in.readFully(product);
    return new ProductSales(product, in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(product.length);
    out.write(product);
    out.writeLong(orderLines);
    out.writeLong(units);
    out.writeLong(orders);
    out.writeLong(revenue);
  }

  /** Fills a row of {@link Live#SALES}. */
  void fill(Row row, long bucketStart) {
    row.setLong(0, bucketStart);
    row.setText(1, product, 0, product.length);
    row.setLong(2, orderLines);
    row.setLong(3, units);
    row.setLong(4, orders);
    row.setLong(5, revenue);
  }
}
