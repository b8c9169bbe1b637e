package org.clickmill.jobs.clv;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Counts customers by (x, t_x, T), by (x, m) and by revenue. */
final class CountCustomersFold implements Fold {
  private final CustomerColumns customers = new CustomerColumns();
  private final Int2ObjectOpenHashMap<Long2LongOpenHashMap> histories =
      new Int2ObjectOpenHashMap<>();
  private final Int2ObjectOpenHashMap<Long2LongOpenHashMap> values = new Int2ObjectOpenHashMap<>();
  private final Long2LongOpenHashMap revenues = new Long2LongOpenHashMap();
  private long withoutValue;
  private long entries;

  @Override
  public List<String> columns() {
    return CustomerColumns.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    customers.begin(batch);
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (customers.hasPurchase(row)) {
        add(row);
        folded++;
      }
    }
    return folded;
  }

  private void add(int row) {
    int x = customers.frequency(row);
    long times = ((long) customers.lastPurchase(row) << 32) | customers.age(row);
    count(counts(histories, x), times);
    count(revenues, customers.revenue(row));
    long value = x == 0 ? 0 : customers.value(row);
    if (value > 0) {
      count(counts(values, x), value);
    } else {
      withoutValue++;
    }
  }

  private static Long2LongOpenHashMap counts(
      Int2ObjectOpenHashMap<Long2LongOpenHashMap> byX, int x) {
    var counts = byX.get(x);
    if (counts == null) {
      counts = new Long2LongOpenHashMap();
      byX.put(x, counts);
    }
    return counts;
  }

  private void count(Long2LongOpenHashMap counts, long key) {
    if (counts.addTo(key, 1) == 0) {
      entries++;
    }
  }

  @Override
  public long memoryBytes() {
    // Two longs an entry, in tables that are at least three eighths full.
    return entries * 48;
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    for (var byX : histories.int2ObjectEntrySet()) {
      for (var entry : byX.getValue().long2LongEntrySet()) {
        long times = entry.getLongKey();
        key.clear()
            .putOrdered(byX.getIntKey())
            .putOrdered(times >>> 32)
            .putOrdered(times & 0xffffffffL);
        emit(emitter, CountCustomers.HISTORIES, key, entry);
      }
    }
    for (var byX : values.int2ObjectEntrySet()) {
      for (var entry : byX.getValue().long2LongEntrySet()) {
        key.clear().putOrdered(byX.getIntKey()).putOrdered(entry.getLongKey());
        emit(emitter, CountCustomers.VALUES, key, entry);
      }
    }
    for (var entry : revenues.long2LongEntrySet()) {
      emit(emitter, CountCustomers.REVENUES, key.clear().putOrdered(entry.getLongKey()), entry);
    }
    for (var start : emitter.starts(CountCustomers.VALUES)) {
      emitter.finished(CountCustomers.VALUES, start, withoutValue);
    }
    clear();
  }

  private void clear() {
    histories.clear();
    values.clear();
    revenues.clear();
    withoutValue = 0;
    entries = 0;
  }

  private static void emit(
      Emitter emitter, String table, ByteWriter key, Long2LongMap.Entry entry) {
    long count = entry.getLongValue();
    emitter.emit(table, key, new ByteWriter().putUnsigned(count), count);
  }
}
