package org.clickmill.jobs.customers;

import java.io.IOException;
import java.time.LocalDate;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.WindowRows;

/** Writes the customers of a day in the order of their ids. */
final class ActivityRows implements WindowRows {
  private final int userId;
  private final int firstDay;
  private final int previousDay;
  private final int orders;
  private final int purchaseLines;
  private final int gross;
  private final int revenue;
  private final int firstTime;

  ActivityRows(TableSchema schema) {
    userId = schema.ordinal("user_id");
    firstDay = schema.ordinal("first_day");
    previousDay = schema.ordinal("previous_day");
    orders = schema.ordinal("orders");
    purchaseLines = schema.ordinal("purchase_lines");
    gross = schema.ordinal("gross_revenue");
    revenue = schema.ordinal("revenue");
    firstTime = schema.ordinal("first_time");
  }

  @Override
  public void begin(LocalDate day) {}

  @Override
  public void write(ByteReader order, ByteReader value, RowSink output) throws IOException {
    var row = output.row();
    row.setText(userId, order.bytes(), order.position(), order.remaining());
    setDay(row, firstDay, value);
    setDay(row, previousDay, value);
    row.setLong(orders, value.readUnsigned());
    row.setLong(purchaseLines, value.readUnsigned());
    row.setLong(gross, value.readSigned());
    row.setLong(revenue, value.readSigned());
    if (value.remaining() > 0) {
      row.setLong(firstTime, value.readSigned());
    }
    output.write();
  }

  private static void setDay(Row row, int column, ByteReader value) {
    if (value.readByte() != 0) {
      row.setLong(column, value.readSigned());
    }
  }
}
