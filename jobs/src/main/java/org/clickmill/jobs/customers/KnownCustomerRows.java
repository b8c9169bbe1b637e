package org.clickmill.jobs.customers;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.DayRows;

/** The first and the last purchase day of each customer of a snapshot. */
final class KnownCustomerRows implements DayRows {
  private StringColumn users;
  private LongColumn firstDays;
  private long[] lastDays;

  @Override
  public List<String> columns() {
    return List.of("user_id", "first_day", "last_day");
  }

  @Override
  public void begin(ColumnBatch batch) {
    users = batch.strings("user_id");
    firstDays = batch.longs("first_day");
    lastDays = batch.longs("last_day").values();
  }

  @Override
  public void put(int row, ByteWriter key, ByteWriter value) {
    int user = users.ids()[row];
    key.putBytes(users.bytes(), users.offset(user), users.length(user));
    if (firstDays.isNull(row)) {
      value.putByte(ActivityWindow.UNKNOWN);
    } else {
      value.putByte(ActivityWindow.KNOWN);
      value.putSigned(firstDays.values()[row]).putSigned(lastDays[row]);
    }
  }
}
