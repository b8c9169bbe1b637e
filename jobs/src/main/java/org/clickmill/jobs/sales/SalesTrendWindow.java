package org.clickmill.jobs.sales;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.SlidingWindow;

/** Lines up the days of a value and averages over those that the warehouse has. */
final class SalesTrendWindow implements SlidingWindow {
  private static final int WEEK = 7;

  private final String dataset;
  private final long firstDay;
  private final TrendDays days = new TrendDays();
  private final ByteWriter value = new ByteWriter();
  private final ByteWriter row = new ByteWriter();

  /**
   * @param dataset the table that is written
   * @param firstDay the warehouse's first day
   */
  SalesTrendWindow(String dataset, LocalDate firstDay) {
    this.dataset = dataset;
    this.firstDay = firstDay.toEpochDay();
  }

  @Override
  public int days() {
    return TrendDays.LONGEST;
  }

  @Override
  public void begin(ByteReader key) {
    value.clear().putBytes(key.bytes(), key.position(), key.remaining());
    days.clear();
  }

  @Override
  public void add(long epochDay, ByteReader day) {
    days.moveTo(epochDay);
    try {
      days.add(day.readSigned(), day.readUnsigned());
    } catch (ArithmeticException e) {
      throw tooManyDigits(epochDay, e);
    }
  }

  @Override
  public void emit(long epochDay, Output output) throws IOException {
    days.moveTo(epochDay);
    try {
      put(epochDay - firstDay + 1);
    } catch (ArithmeticException e) {
      throw tooManyDigits(epochDay, e);
    }
    output.add(value, row);
  }

  /**
   * Writes what {@link SalesTrendRows} reads.
   *
   * @param there how many days the warehouse has up to this one
   */
  private void put(long there) {
    boolean hasLastWeek = there > WEEK;
    boolean hasWeek = there >= WEEK;
    boolean hasAll = there >= TrendDays.LONGEST;
    row.clear().putByte((hasLastWeek ? 1 : 0) | (hasWeek ? 2 : 0) | (hasAll ? 4 : 0));
    row.putSigned(days.revenue(0)).putUnsigned(days.orders(0));
    if (hasLastWeek) {
      row.putSigned(days.revenue(WEEK));
    }
    if (hasWeek) {
      putAverages(WEEK);
    }
    if (hasAll) {
      putAverages(TrendDays.LONGEST);
    }
  }

  private void putAverages(int length) {
    row.putSigned(days.averageRevenue(length));
    row.putFixed(Double.doubleToRawLongBits(days.averageOrders(length)));
  }

  private ClickmillException tooManyDigits(long epochDay, ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot write %s of %s: a sum of '%s' has too many digits",
        dataset,
        LocalDate.ofEpochDay(epochDay),
        new String(value.bytes(), 0, value.length(), StandardCharsets.UTF_8),
        cause);
  }
}
