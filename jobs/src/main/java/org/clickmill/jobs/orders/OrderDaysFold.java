package org.clickmill.jobs.orders;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Emits what each order has on a day. */
final class OrderDaysFold implements Fold {
  private static final List<String> VISITOR = List.of("visitor_id", "user_id", "user_session");

  private final Emitter emitter;
  private final OrderFigures figures = new OrderFigures();
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();

  OrderDaysFold(Emitter emitter) {
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return OrderDays.COLUMNS;
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
      figures.read(batch, row);
      figures.write(partial.clear().putByte(OrderFigures.LINES));
      put(batch.strings("order_id"), row);
      put(batch.strings("user_id"), row);
      put(visitors(batch, row), row);
      emitter.emit(OrderStarts.DATASET, key, partial, 1);
    }
    return batch.size();
  }

  /** The column that says who the visitor of a row is; one without value if none does. */
  private static StringColumn visitors(ColumnBatch batch, int row) {
    StringColumn column = null;
    for (int i = 0; i < VISITOR.size() && (column == null || column.ids()[row] < 0); i++) {
      column = batch.strings(VISITOR.get(i));
    }
    return column;
  }

  private void put(StringColumn column, int row) {
    int id = column.ids()[row];
    if (id == StringColumn.NULL) {
      partial.putNullText();
    } else {
      partial.putText(column.bytes(), column.offset(id), column.length(id));
    }
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
