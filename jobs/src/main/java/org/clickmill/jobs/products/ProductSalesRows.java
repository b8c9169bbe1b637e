package org.clickmill.jobs.products;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.DayRows;

/** What was sold and returned of each product on a day. */
final class ProductSalesRows implements DayRows {
  private StringColumn products;
  private long[] orderLines;
  private long[] unitsSold;
  private long[] unitsReturned;
  private long[] revenue;

  @Override
  public List<String> columns() {
    return List.of("value", "order_lines", "units_sold", "units_returned", "revenue");
  }

  @Override
  public void begin(ColumnBatch batch) {
    products = batch.strings("value");
    orderLines = batch.longs("order_lines").values();
    unitsSold = batch.longs("units_sold").values();
    unitsReturned = batch.longs("units_returned").values();
    revenue = batch.longs("revenue").values();
  }

  @Override
  public void put(int row, ByteWriter key, ByteWriter value) {
    int product = products.ids()[row];
    key.putBytes(products.bytes(), products.offset(product), products.length(product));
    value.putByte(ProductWindow.SALES).putUnsigned(orderLines[row]);
    value.putUnsigned(unitsSold[row]).putUnsigned(unitsReturned[row]).putSigned(revenue[row]);
  }
}
