package org.clickmill.jobs.clv;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/**
 * Counts customers by (x, t_x, T), by (x, m) and by revenue; by (x, m) only those that models are
 * fitted to, over all and again over each cohort.
 */
final class CountCustomersFold implements Fold {
  private final Function<LocalDate, Cohorts> cohortsOf;
  private final CustomerColumns customers = new CustomerColumns();
  private final Int2ObjectOpenHashMap<Long2LongOpenHashMap> histories =
      new Int2ObjectOpenHashMap<>();

  /** By the cohort and x. */
  private final Long2ObjectOpenHashMap<Long2LongOpenHashMap> values =
      new Long2ObjectOpenHashMap<>();

  private final Long2LongOpenHashMap revenues = new Long2LongOpenHashMap();
  private Cohorts cohorts;
  private long withoutValue;
  private long entries;

  /**
   * @param cohortsOf the cohorts of the customers of a day
   */
  CountCustomersFold(Function<LocalDate, Cohorts> cohortsOf) {
    this.cohortsOf = cohortsOf;
  }

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
    cohorts = cohortsOf.apply(batch.partition().day());
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
    int age = customers.age(row);
    long times = ((long) customers.lastPurchase(row) << 32) | age;
    var ofFrequency = histories.get(x);
    if (ofFrequency == null) {
      ofFrequency = new Long2LongOpenHashMap();
      histories.put(x, ofFrequency);
    }
    count(ofFrequency, times);
    count(revenues, customers.revenue(row));
    long value = x == 0 || !cohorts.isFitted(age) ? 0 : customers.value(row);
    if (value <= 0) {
      withoutValue++;
      return;
    }
    count(values(Cohorts.EVERYBODY, x), value);
    if (cohorts.areApart()) {
      count(values(cohorts.of(age), x), value);
    }
  }

  private Long2LongOpenHashMap values(int cohort, int x) {
    long key = ((long) cohort << 32) | x;
    var counts = values.get(key);
    if (counts == null) {
      counts = new Long2LongOpenHashMap();
      values.put(key, counts);
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
        emit(emitter, CountCustomers.HISTORIES, key, entry, entry.getLongValue());
      }
    }
    for (var byCohortAndX : values.long2ObjectEntrySet()) {
      long cohort = byCohortAndX.getLongKey() >> 32;
      for (var entry : byCohortAndX.getValue().long2LongEntrySet()) {
        key.clear()
            .putOrdered(cohort)
            .putOrdered(byCohortAndX.getLongKey() & 0xffffffffL)
            .putOrdered(entry.getLongKey());
        // Each customer is counted over all; what a cohort counts is no other customer.
        long events = cohort == Cohorts.EVERYBODY ? entry.getLongValue() : 0;
        emit(emitter, CountCustomers.VALUES, key, entry, events);
      }
    }
    for (var entry : revenues.long2LongEntrySet()) {
      key.clear().putOrdered(entry.getLongKey());
      emit(emitter, CountCustomers.REVENUES, key, entry, entry.getLongValue());
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
      Emitter emitter, String table, ByteWriter key, Long2LongMap.Entry entry, long events) {
    emitter.emit(table, key, new ByteWriter().putUnsigned(entry.getLongValue()), events);
  }
}
