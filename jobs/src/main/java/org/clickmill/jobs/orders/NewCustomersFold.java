package org.clickmill.jobs.orders;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Names the customers whose first purchase line is of the day. */
final class NewCustomersFold implements Fold {
  private final Emitter emitter;
  private final OrderCustomer customer = new OrderCustomer();
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();

  NewCustomersFold(Emitter emitter) {
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return List.of("user_id", "first_day");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var users = batch.strings("user_id");
    var firstDays = batch.longs("first_day");
    long day = batch.partition().day().toEpochDay();
    long folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (!firstDays.isNull(row) && firstDays.values()[row] == day) {
        customer.put(users, users, row, key.clear());
        emitter.emit(Orders.DATASET, key.putByte(OrderCustomer.NEW_CUSTOMER), partial, 1);
        folded++;
      }
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
