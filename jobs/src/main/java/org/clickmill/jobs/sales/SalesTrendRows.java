package org.clickmill.jobs.sales;

import java.io.IOException;
import java.time.LocalDate;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.WindowRows;

/** Writes the rows of a day in the order of their values. */
final class SalesTrendRows implements WindowRows {
  private final TableSchema schema;
  private final boolean hasValue;

  SalesTrendRows(TableSchema schema) {
    this.schema = schema;
    this.hasValue = schema.contains("value");
  }

  @Override
  public void begin(LocalDate day) {}

  @Override
  public void write(ByteReader order, ByteReader value, RowSink output) throws IOException {
    var row = output.row();
    int there = value.readByte();
    row.setLong(schema.ordinal("revenue"), value.readSigned());
    row.setLong(schema.ordinal("orders"), value.readUnsigned());
    if ((there & 1) != 0) {
      row.setLong(schema.ordinal("revenue_same_day_last_week"), value.readSigned());
    }
    if ((there & 2) != 0) {
      setAverages(row, value, "7d");
    }
    if ((there & 4) != 0) {
      setAverages(row, value, "28d");
    }
    if (hasValue) {
      row.setText(schema.ordinal("value"), order.bytes(), order.position(), order.remaining());
    }
    output.write();
  }

  private void setAverages(Row row, ByteReader value, String days) {
    row.setLong(schema.ordinal("revenue_average_" + days), value.readSigned());
    double orders = Double.longBitsToDouble(value.readFixed());
    row.setDouble(schema.ordinal("orders_average_" + days), orders);
  }
}
