package org.clickmill.jobs.products;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.SlidingWindow;

/** Lines up the days of a product, and adds up its units over those that the warehouse has. */
final class ProductWindow implements SlidingWindow {
  /** A day and the 28 before it, of which a sale is remembered. */
  static final int DAYS = 29;

  private static final int WEEK = 7;
  private static final int FOUR_WEEKS = 28;
  private static final long NEVER = Long.MIN_VALUE;

  // What a value is.
  static final byte SESSIONS = 0;
  static final byte SALES = 1;

  /** What session_products counts, events first. */
  static final List<String> SESSION_COUNTS =
      List.of(
          "events",
          "views",
          "view_sessions",
          "cart_sessions",
          "purchase_sessions",
          "view_cart_sessions",
          "cart_purchase_sessions");

  /** What lines without product stand under in sales_by_product; they are of no product. */
  private static final byte[] NONE = "(none)".getBytes(StandardCharsets.UTF_8);

  private final long firstDay;
  private final ByteWriter product = new ByteWriter();
  private final ByteWriter row = new ByteWriter();

  // Of the last day that something was added to.
  private final long[] counts = new long[SESSION_COUNTS.size()];
  private long unitsReturned;
  private long revenue;

  /** Units sold, by day. */
  private final long[] units = new long[DAYS];

  private long day;
  private long lastSale;
  private boolean isProduct;

  /**
   * @param firstDay the warehouse's first day
   */
  ProductWindow(LocalDate firstDay) {
    this.firstDay = firstDay.toEpochDay();
  }

  @Override
  public int days() {
    return DAYS;
  }

  @Override
  public void begin(ByteReader key) {
    product.clear().putBytes(key.bytes(), key.position(), key.remaining());
    isProduct = !Arrays.equals(product.bytes(), 0, product.length(), NONE, 0, NONE.length);
    Arrays.fill(units, 0);
    clearDay();
    day = 0;
    lastSale = NEVER;
  }

  private void clearDay() {
    Arrays.fill(counts, 0);
    unitsReturned = 0;
    revenue = 0;
  }

  private void moveTo(long epochDay) {
    if (epochDay == day) {
      return;
    }
    long moved = Math.min(DAYS, epochDay - day);
    day = epochDay;
    for (int daysBack = 0; daysBack < moved; daysBack++) {
      units[place(daysBack)] = 0;
    }
    clearDay();
  }

  private int place(int daysBack) {
    return Math.floorMod(day - daysBack, DAYS);
  }

  @Override
  public void add(long epochDay, ByteReader value) {
    moveTo(epochDay);
    if (value.readByte() == SESSIONS) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Math.addExact(counts[i], value.readUnsigned());
      }
    } else if (isProduct) {
      lastSale = value.readUnsigned() > 0 ? day : lastSale;
      units[place(0)] = value.readUnsigned();
      unitsReturned = value.readUnsigned();
      revenue = value.readSigned();
    }
  }

  /** Writes what {@link ProductPerformanceRows} reads. */
  @Override
  public void emit(long epochDay, Output output) throws IOException {
    moveTo(epochDay);
    boolean hasSale = lastSale != NEVER && day - lastSale < DAYS;
    if (counts[0] == 0 && !hasSale) {
      return;
    }
    row.clear();
    for (int i = 1; i < counts.length; i++) {
      row.putUnsigned(counts[i]);
    }
    row.putUnsigned(units[place(0)]).putUnsigned(unitsReturned).putSigned(revenue);
    putUnits(WEEK);
    putUnits(FOUR_WEEKS);
    row.putUnsigned(hasSale ? day - lastSale + 1 : 0);
    output.add(product, row);
  }

  /** The units of some days and 1, or 0 if the warehouse has not that many. */
  private void putUnits(int length) {
    if (day - firstDay + 1 < length) {
      row.putUnsigned(0);
      return;
    }
    long sum = 1;
    try {
      for (int daysBack = 0; daysBack < length; daysBack++) {
        sum = Math.addExact(sum, units[place(daysBack)]);
      }
    } catch (ArithmeticException e) {
      throw ClickmillException.failed(
          "Cannot write product_performance of %s: the units of '%s' have too many digits",
          LocalDate.ofEpochDay(day),
          new String(product.bytes(), 0, product.length(), StandardCharsets.UTF_8),
          e);
    }
    row.putUnsigned(sum);
  }
}
