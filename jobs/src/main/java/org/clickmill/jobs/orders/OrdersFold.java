package org.clickmill.jobs.orders;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.PackedRow;
import org.clickmill.jobs.kernel.RowCopy;

/** Emits the orders of a day, as packed rows. */
final class OrdersFold implements Fold {
  private final Emitter emitter;
  private final RowCopy rowCopy = new RowCopy(OrderStarts.SCHEMA, Orders.SCHEMA);
  private final Row packed = new Row(Orders.SCHEMA);
  private final OrderCustomer customer = new OrderCustomer();
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();

  OrdersFold(Emitter emitter) {
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return rowCopy.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var users = batch.strings("user_id");
    var orders = batch.strings("order_key");
    long[] times = batch.longs("first_time").values();
    for (int row = 0; row < batch.size(); row++) {
      customer.put(users, orders, row, key.clear());
      int order = orders.ids()[row];
      key.putByte(OrderCustomer.ORDER).putOrdered(times[row]);
      key.putBytes(orders.bytes(), orders.offset(order), orders.length(order));
      packed.clear();
      rowCopy.copy(batch, row, packed);
      PackedRow.write(packed, partial.clear());
      emitter.emit(Orders.DATASET, key, partial, 1);
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
