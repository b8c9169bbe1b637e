package org.clickmill.jobs.products;

import java.io.IOException;
import java.time.LocalDate;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.WindowRows;

/** Writes the products of a day in the order of their ids. */
final class ProductPerformanceRows implements WindowRows {
  private static final TableSchema SCHEMA = ProductPerformance.SCHEMA;
  private static final int PRODUCT_ID = SCHEMA.ordinal("product_id");
  private static final int VIEWS = SCHEMA.ordinal("views");
  private static final int VIEW_SESSIONS = SCHEMA.ordinal("view_sessions");
  private static final int CART_SESSIONS = SCHEMA.ordinal("cart_sessions");
  private static final int PURCHASE_SESSIONS = SCHEMA.ordinal("purchase_sessions");
  private static final int VIEW_TO_CART = SCHEMA.ordinal("view_to_cart");
  private static final int CART_TO_PURCHASE = SCHEMA.ordinal("cart_to_purchase");
  private static final int UNITS_SOLD = SCHEMA.ordinal("units_sold");
  private static final int UNITS_RETURNED = SCHEMA.ordinal("units_returned");
  private static final int RETURN_RATE = SCHEMA.ordinal("return_rate");
  private static final int REVENUE = SCHEMA.ordinal("revenue");
  private static final int UNITS_7D = SCHEMA.ordinal("units_7d");
  private static final int UNITS_28D = SCHEMA.ordinal("units_28d");
  private static final int DAYS_SINCE_LAST_SALE = SCHEMA.ordinal("days_since_last_sale");

  @Override
  public void begin(LocalDate day) {}

  @Override
  public void write(ByteReader order, ByteReader value, RowSink output) throws IOException {
    var row = output.row();
    row.setText(PRODUCT_ID, order.bytes(), order.position(), order.remaining());
    row.setLong(VIEWS, value.readUnsigned());
    row.setLong(VIEW_SESSIONS, value.readUnsigned());
    row.setLong(CART_SESSIONS, value.readUnsigned());
    row.setLong(PURCHASE_SESSIONS, value.readUnsigned());
    setRatio(row, VIEW_TO_CART, value.readUnsigned(), VIEW_SESSIONS);
    setRatio(row, CART_TO_PURCHASE, value.readUnsigned(), CART_SESSIONS);
    row.setLong(UNITS_SOLD, value.readUnsigned());
    row.setLong(UNITS_RETURNED, value.readUnsigned());
    setRatio(row, RETURN_RATE, row.longValue(UNITS_RETURNED), UNITS_SOLD);
    row.setLong(REVENUE, value.readSigned());
    setIfThere(row, UNITS_7D, value.readUnsigned());
    setIfThere(row, UNITS_28D, value.readUnsigned());
    setIfThere(row, DAYS_SINCE_LAST_SALE, value.readUnsigned());
    output.write();
  }

  private static void setRatio(Row row, int column, long part, int whole) {
    if (row.longValue(whole) > 0) {
      row.setDouble(column, (double) part / row.longValue(whole));
    }
  }

  /**
   * @param andOne the number and 1, 0 for none
   */
  private static void setIfThere(Row row, int column, long andOne) {
    if (andOne > 0) {
      row.setLong(column, andOne - 1);
    }
  }
}
