package org.clickmill.jobs.products;

import java.util.List;
import java.util.stream.Stream;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.DayRows;

/** What sessions did with each product on a day; a product may have several rows. */
final class ProductSessionsRows implements DayRows {
  private static final String PRODUCT_ID = "product_id";

  private StringColumn products;
  private long[][] counts;

  @Override
  public List<String> columns() {
    return Stream.concat(Stream.of(PRODUCT_ID), ProductWindow.SESSION_COUNTS.stream()).toList();
  }

  @Override
  public void begin(ColumnBatch batch) {
    products = batch.strings(PRODUCT_ID);
    counts =
        ProductWindow.SESSION_COUNTS.stream()
            .map(column -> batch.longs(column).values())
            .toArray(long[][]::new);
  }

  @Override
  public void put(int row, ByteWriter key, ByteWriter value) {
    int product = products.ids()[row];
    key.putBytes(products.bytes(), products.offset(product), products.length(product));
    value.putByte(ProductWindow.SESSIONS);
    for (long[] column : counts) {
      value.putUnsigned(column[row]);
    }
  }
}
