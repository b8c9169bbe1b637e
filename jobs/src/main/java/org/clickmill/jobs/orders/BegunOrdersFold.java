package org.clickmill.jobs.orders;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Names the orders that began the day before. */
final class BegunOrdersFold implements Fold {
  private final Emitter emitter;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter().putByte(OrderFigures.BEGUN);

  BegunOrdersFold(Emitter emitter) {
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return List.of("order_key");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var orders = batch.strings("order_key");
    long day = batch.partition().day().toEpochDay();
    for (int row = 0; row < batch.size(); row++) {
      OrderFigures.putKey(key.clear(), orders, row, day);
      emitter.emit(OrderStarts.DATASET, key, partial, 1);
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
