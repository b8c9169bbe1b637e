package org.clickmill.jobs.clv;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;

/** Emits who bought on a day, as a snapshot of that day alone would know it. */
final class PurchaseDaysFold implements Fold {
  private final FoldContext context;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter purchases = new ByteWriter();

  PurchaseDaysFold(FoldContext context) {
    this.context = context;
  }

  @Override
  public List<String> columns() {
    return List.of("user_id", "purchase_lines");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    long day = batch.partition().day().toEpochDay();
    purchases.clear().putUnsigned(1).putSigned(day).putSigned(day);
    var users = batch.strings("user_id");
    long[] purchaseLines = batch.longs("purchase_lines").values();
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (purchaseLines[row] > 0) {
        int user = users.ids()[row];
        key.clear().putBytes(users.bytes(), users.offset(user), users.length(user));
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
