package org.clickmill.jobs.clv;

import java.util.List;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;

/** What the models see of the rows of customers: x, t_x, T and m. */
final class CustomerColumns {
  private StringColumn users;
  private long[] orders;
  private long[] purchaseDays;
  private long[] firstDays;
  private long[] lastDays;
  private long[] revenues;
  private long[] purchaseDayRevenues;
  private long[] firstDayRevenues;
  private long today;

  static List<String> columns() {
    return List.of(
        "user_id",
        "orders",
        "purchase_days",
        "first_day",
        "last_day",
        "revenue",
        "purchase_day_revenue",
        "first_day_revenue");
  }

  void begin(ColumnBatch batch) {
    users = batch.strings("user_id");
    orders = batch.longs("orders").values();
    purchaseDays = batch.longs("purchase_days").values();
    firstDays = batch.longs("first_day").values();
    lastDays = batch.longs("last_day").values();
    revenues = batch.longs("revenue").values();
    purchaseDayRevenues = batch.longs("purchase_day_revenue").values();
    firstDayRevenues = batch.longs("first_day_revenue").values();
    today = batch.partition().day().toEpochDay();
  }

  /** Whether there is a purchase line at all; where there is none, there is nothing to value. */
  boolean hasPurchase(int row) {
    return purchaseDays[row] > 0;
  }

  StringColumn users() {
    return users;
  }

  long orders(int row) {
    return orders[row];
  }

  /** Scaled by 10^4. */
  long revenue(int row) {
    return revenues[row];
  }

  /** The first purchase day since the epoch. */
  long firstDay(int row) {
    return firstDays[row];
  }

  /** x: purchase days after the first. */
  int frequency(int row) {
    return Math.toIntExact(purchaseDays[row] - 1);
  }

  /** t_x: days from the first to the last purchase day. */
  int lastPurchase(int row) {
    return Math.toIntExact(lastDays[row] - firstDays[row]);
  }

  /** T: days from the first purchase day to the day of the snapshot. */
  int age(int row) {
    return Math.toIntExact(today - firstDays[row]);
  }

  /** m: the average value of the purchase days after the first, scaled; needs x &gt; 0. */
  long value(int row) {
    try {
      long repeats = Math.subtractExact(purchaseDayRevenues[row], firstDayRevenues[row]);
      return Money.average(repeats, purchaseDays[row] - 1);
    } catch (ArithmeticException e) {
      throw ClickmillException.failed(
          "Cannot average the purchases of customer '%s': their sum has too many digits",
          users.text(users.ids()[row]), e);
    }
  }
}
