package org.clickmill.jobs.sales;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Hands the sales of a day on to every day whose averages they are part of. */
final class SalesTrendFold implements Fold {
  private final String table;
  private final boolean hasValue;
  private final ByteWriter sales = new ByteWriter();
  private LocalDate day;

  /**
   * @param table the table that is made from the sales
   * @param hasValue whether they are broken down by values
   */
  SalesTrendFold(String table, boolean hasValue) {
    this.table = table;
    this.hasValue = hasValue;
  }

  @Override
  public List<String> columns() {
    return hasValue ? List.of("value", "revenue", "orders") : List.of("revenue", "orders");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    day = batch.partition().day();
    long[] revenue = batch.longs("revenue").values();
    long[] orders = batch.longs("orders").values();
    var values = hasValue ? batch.strings("value") : null;
    for (int row = 0; row < batch.size(); row++) {
      if (hasValue) {
        int value = values.ids()[row];
        sales.putText(values.bytes(), values.offset(value), values.length(value));
      } else {
        sales.putText("");
      }
      sales.putSigned(revenue[row]).putUnsigned(orders[row]);
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return sales.length();
  }

  @Override
  public void flush(Emitter emitter) {
    for (var last : emitter.starts(table)) {
      emit(last, emitter);
    }
    sales.clear();
  }

  private void emit(LocalDate last, Emitter emitter) {
    long daysBack = ChronoUnit.DAYS.between(day, last);
    var key = new ByteWriter();
    var partial = new ByteWriter();
    var reader = new ByteReader().reset(sales.bytes(), 0, sales.length());
    while (reader.remaining() > 0) {
      int length = reader.readTextLength();
      key.clear().putBytes(reader.bytes(), reader.position(), length);
      partial.clear().putUnsigned(daysBack).putSigned(reader.skip(length).readSigned());
      partial.putUnsigned(reader.readUnsigned());
      emitter.emit(table, last, key, partial, 1);
    }
  }
}
