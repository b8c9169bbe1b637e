package org.clickmill.jobs.sales;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.DayRows;

/** Revenue and orders of a day, by value where they are broken down. */
final class SalesTrendDayRows implements DayRows {
  private final boolean hasValue;

  private StringColumn values;
  private long[] revenue;
  private long[] orders;

  SalesTrendDayRows(boolean hasValue) {
    this.hasValue = hasValue;
  }

  @Override
  public List<String> columns() {
    return hasValue ? List.of("value", "revenue", "orders") : List.of("revenue", "orders");
  }

  @Override
  public void begin(ColumnBatch batch) {
    values = hasValue ? batch.strings("value") : null;
    revenue = batch.longs("revenue").values();
    orders = batch.longs("orders").values();
  }

  @Override
  public void put(int row, ByteWriter key, ByteWriter value) {
    if (hasValue) {
      int id = values.ids()[row];
      key.putBytes(values.bytes(), values.offset(id), values.length(id));
    }
    value.putSigned(revenue[row]).putUnsigned(orders[row]);
  }
}
