package org.clickmill.jobs.orders;

import java.util.List;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;

/** What adds up over the two days of an order; an overflow throws ArithmeticException. */
final class OrderFigures {
  // What a partial is: the figures of a day and the order's names, or that it began that day.
  static final byte BEGUN = 0;
  static final byte LINES = 1;

  private static final List<String> SUMS =
      List.of(
          "order_lines", "units", "units_returned", "gross_revenue", "returned_revenue", "revenue");
  private static final int MONEY = SUMS.indexOf("gross_revenue");
  private static final int[] ORDINALS =
      SUMS.stream().mapToInt(OrderStarts.SCHEMA::ordinal).toArray();
  private static final int FIRST_TIME = OrderStarts.SCHEMA.ordinal("first_time");
  private static final int LAST_TIME = OrderStarts.SCHEMA.ordinal("last_time");

  private final long[] sums = new long[SUMS.size()];
  private long firstTime;
  private long lastTime;

  /** Writes what the days of an order meet by, in their order. */
  static void putKey(ByteWriter key, StringColumn orders, int row, long epochDay) {
    int id = orders.ids()[row];
    KeyPart.put(key, orders.bytes(), orders.offset(id), orders.length(id));
    key.putOrdered(epochDay);
  }

  /** Whether there is a sold line. */
  boolean isSold() {
    return sums[0] > 0;
  }

  /** Takes the figures of a row of order_days. */
  void read(ColumnBatch batch, int row) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = batch.longs(SUMS.get(i)).values()[row];
    }
    firstTime = batch.longs("first_time").values()[row];
    lastTime = batch.longs("last_time").values()[row];
  }

  void write(ByteWriter target) {
    for (long sum : sums) {
      target.putSigned(sum);
    }
    if (isSold()) {
      target.putSigned(firstTime).putSigned(lastTime);
    }
  }

  /** Takes what {@link #write} wrote. */
  void read(ByteReader source) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = source.readSigned();
    }
    if (isSold()) {
      firstTime = source.readSigned();
      lastTime = source.readSigned();
    }
  }

  /** Takes the figures of a first day. */
  void take(OrderFigures other) {
    System.arraycopy(other.sums, 0, sums, 0, sums.length);
    firstTime = other.firstTime;
    lastTime = other.lastTime;
  }

  /** Adds the figures of the next day. */
  void add(OrderFigures other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.addExact(sums[i], other.sums[i]);
    }
    lastTime = other.isSold() ? other.lastTime : lastTime;
  }

  /**
   * Sets the columns of a row of order_starts.
   *
   * @throws ArithmeticException if an amount has too many digits
   */
  void set(Row row) {
    for (int i = 0; i < sums.length; i++) {
      if (i >= MONEY && !Money.fits(sums[i])) {
        throw new ArithmeticException(SUMS.get(i) + " has too many digits");
      }
      row.setLong(ORDINALS[i], sums[i]);
    }
    row.setLong(FIRST_TIME, firstTime);
    row.setLong(LAST_TIME, lastTime);
  }
}
