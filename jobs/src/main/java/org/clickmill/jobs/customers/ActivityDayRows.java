package org.clickmill.jobs.customers;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.DayRows;

/** What each customer did on a day, as {@link ActivityRows} writes it. */
final class ActivityDayRows implements DayRows {
  private StringColumn users;
  private long[] orders;
  private long[] purchaseLines;
  private long[] gross;
  private long[] revenue;
  private LongColumn firstTimes;

  @Override
  public List<String> columns() {
    return List.of("user_id", "orders", "purchase_lines", "gross_revenue", "revenue", "first_time");
  }

  @Override
  public void begin(ColumnBatch batch) {
    users = batch.strings("user_id");
    orders = batch.longs("orders").values();
    purchaseLines = batch.longs("purchase_lines").values();
    gross = batch.longs("gross_revenue").values();
    revenue = batch.longs("revenue").values();
    firstTimes = batch.longs("first_time");
  }

  @Override
  public void put(int row, ByteWriter key, ByteWriter value) {
    int user = users.ids()[row];
    key.putBytes(users.bytes(), users.offset(user), users.length(user));
    value.putByte(purchaseLines[row] > 0 ? ActivityWindow.PURCHASES : ActivityWindow.NO_PURCHASE);
    value.putUnsigned(orders[row]).putUnsigned(purchaseLines[row]);
    value.putSigned(gross[row]).putSigned(revenue[row]);
    if (!firstTimes.isNull(row)) {
      value.putSigned(firstTimes.values()[row]);
    }
  }
}
