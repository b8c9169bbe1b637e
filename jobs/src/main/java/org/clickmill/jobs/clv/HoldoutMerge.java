package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/**
 * Writes each customer that models are fitted to, and how many days of each week of the hold-out
 * the customer bought on.
 */
final class HoldoutMerge implements Merge {
  private static final int X = HoldoutCustomers.SCHEMA.ordinal("x");
  private static final int LAST_PURCHASE = HoldoutCustomers.SCHEMA.ordinal("last_purchase");
  private static final int AGE = HoldoutCustomers.SCHEMA.ordinal("age");
  private static final int WEEK = HoldoutCustomers.SCHEMA.ordinal("week");
  private static final int PURCHASES = HoldoutCustomers.SCHEMA.ordinal("purchases");

  private final Holdout holdout;
  private final Cohorts cohorts;
  private final long calibrationEnd;
  private final int[] weeks;
  private long purchases;
  private long first;
  private long last;

  HoldoutMerge(Holdout holdout, Cohorts cohorts) {
    this.holdout = holdout;
    this.cohorts = cohorts;
    calibrationEnd = holdout.calibrationEnd().toEpochDay();
    weeks = new int[holdout.weeks() + 1];
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    purchases = 0;
    first = Long.MAX_VALUE;
    last = Long.MIN_VALUE;
    Arrays.fill(weeks, 0);
    while (partials.next()) {
      add(partials.value());
    }
    if (purchases > 0 && cohorts.isFitted(Math.toIntExact(calibrationEnd - first))) {
      write(0, output);
      for (int week = 1; week < weeks.length; week++) {
        if (weeks[week] > 0) {
          write(week, output);
        }
      }
    }
  }

  private void add(ByteReader partial) {
    long days = partial.readUnsigned();
    long from = partial.readSigned();
    long to = partial.readSigned();
    if (from > calibrationEnd) {
      weeks[holdout.week(from - calibrationEnd)]++;
    } else {
      purchases += days;
      first = Math.min(first, from);
      last = Math.max(last, to);
    }
  }

  private void write(int week, RowSink output) throws IOException {
    var row = output.row();
    row.setLong(X, purchases - 1);
    row.setLong(LAST_PURCHASE, last - first);
    row.setLong(AGE, calibrationEnd - first);
    row.setLong(WEEK, week);
    row.setLong(PURCHASES, weeks[week]);
    output.write();
  }
}
