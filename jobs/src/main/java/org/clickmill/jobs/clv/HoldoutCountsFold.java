package org.clickmill.jobs.clv;

import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Counts customers by (x, t_x, T), and purchases by cohort, class of x and week. */
final class HoldoutCountsFold implements Fold {
  /** A key, its number and their place in a table that is at least three eighths full. */
  private static final int BYTES_OF_AN_ENTRY = 96;

  private final Function<LocalDate, Cohorts> cohortsOf;
  private final Object2LongOpenHashMap<History> histories = new Object2LongOpenHashMap<>();
  private final Object2LongOpenHashMap<Week> weeks = new Object2LongOpenHashMap<>();
  private long customers;
  private long customersInWeeks;

  private record History(int x, int lastPurchase, int age) {}

  private record Week(int cohort, int frequency, int week) {}

  /**
   * @param cohortsOf the cohorts by the end of the calibration, where the hold-out ends with a day
   */
  HoldoutCountsFold(Function<LocalDate, Cohorts> cohortsOf) {
    this.cohortsOf = cohortsOf;
  }

  @Override
  public List<String> columns() {
    return List.of("x", "last_purchase", "age", "week", "purchases");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var cohorts = cohortsOf.apply(batch.partition().day());
    long[] x = batch.longs("x").values();
    long[] lastPurchases = batch.longs("last_purchase").values();
    long[] ages = batch.longs("age").values();
    long[] week = batch.longs("week").values();
    long[] purchases = batch.longs("purchases").values();
    for (int row = 0; row < batch.size(); row++) {
      int age = (int) ages[row];
      if (week[row] == 0) {
        histories.addTo(new History((int) x[row], (int) lastPurchases[row], age), 1);
        customers++;
      } else {
        int frequency = HoldoutCounts.classOf((int) x[row]);
        weeks.addTo(new Week(cohorts.of(age), frequency, (int) week[row]), purchases[row]);
        customersInWeeks++;
      }
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return (long) BYTES_OF_AN_ENTRY * (histories.size() + weeks.size());
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    var count = new ByteWriter();
    for (var entry : histories.object2LongEntrySet()) {
      var history = entry.getKey();
      key.clear()
          .putOrdered(history.x())
          .putOrdered(history.lastPurchase())
          .putOrdered(history.age());
      count.clear().putUnsigned(entry.getLongValue());
      emitter.emit(HoldoutCounts.HISTORIES, key, count, entry.getLongValue());
    }
    for (var entry : weeks.object2LongEntrySet()) {
      var week = entry.getKey();
      key.clear().putOrdered(week.cohort()).putOrdered(week.frequency()).putOrdered(week.week());
      // The number is one of purchases, not of rows; these are accounted for below.
      emitter.emit(HoldoutCounts.WEEKS, key, count.clear().putUnsigned(entry.getLongValue()), 0);
    }
    for (var start : emitter.starts(HoldoutCounts.HISTORIES)) {
      emitter.finished(HoldoutCounts.HISTORIES, start, customersInWeeks);
    }
    for (var start : emitter.starts(HoldoutCounts.WEEKS)) {
      emitter.finished(HoldoutCounts.WEEKS, start, customers + customersInWeeks);
    }
    histories.clear();
    weeks.clear();
    customers = 0;
    customersInWeeks = 0;
  }
}
