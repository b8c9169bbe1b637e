package org.clickmill.jobs.orders;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PackedRow;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Writes orders; the one that comes right behind a new customer is that customer's first. */
final class OrdersMerge implements Merge {
  private static final int USER_ID = Orders.SCHEMA.ordinal("user_id");
  private static final int IS_FIRST_ORDER = Orders.SCHEMA.ordinal("is_first_order");

  private final ByteWriter customer = new ByteWriter();
  private final ByteWriter newCustomer = new ByteWriter();

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    KeyPart.read(key, customer.clear());
    boolean isOrder = key.readByte() == OrderCustomer.ORDER;
    while (partials.next()) {
      if (isOrder) {
        var row = output.row();
        PackedRow.read(partials.value(), row);
        if (!row.isNull(USER_ID)) {
          row.setBoolean(IS_FIRST_ORDER, isSame());
        }
        output.write();
        newCustomer.clear();
      } else {
        newCustomer.clear().putBytes(customer.bytes(), 0, customer.length());
      }
    }
  }

  private boolean isSame() {
    return Arrays.equals(
        customer.bytes(), 0, customer.length(), newCustomer.bytes(), 0, newCustomer.length());
  }

  @Override
  public void end(RowSink output) {
    newCustomer.clear();
  }
}
