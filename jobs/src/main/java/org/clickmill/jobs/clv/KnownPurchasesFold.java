package org.clickmill.jobs.clv;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;

/** Emits what a snapshot knows of the purchases of each customer. */
final class KnownPurchasesFold implements Fold {
  private final FoldContext context;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter purchases = new ByteWriter();

  KnownPurchasesFold(FoldContext context) {
    this.context = context;
  }

  @Override
  public List<String> columns() {
    return List.of("user_id", "purchase_days", "first_day", "last_day");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var users = batch.strings("user_id");
    long[] purchaseDays = batch.longs("purchase_days").values();
    long[] firstDays = batch.longs("first_day").values();
    long[] lastDays = batch.longs("last_day").values();
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (purchaseDays[row] > 0) {
        int user = users.ids()[row];
        key.clear().putBytes(users.bytes(), users.offset(user), users.length(user));
        purchases
            .clear()
            .putUnsigned(purchaseDays[row])
            .putSigned(firstDays[row])
            .putSigned(lastDays[row]);
        context.emitter().emit(HoldoutCustomers.DATASET, key, purchases, 1);
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
  public void flush(Emitter emitter) {}
}
