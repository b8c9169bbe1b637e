package org.clickmill.jobs.views;

import java.io.IOException;
import java.time.LocalDate;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.WindowRows;

/** Ranks the products of each window, which come with the highest score first, ties by id. */
final class TrendingRows implements WindowRows {
  /** Keeps products with few views from the top, whatever their growth. */
  private static final long DAMPING = 25;

  private static final int NO_WINDOW = -1;
  private static final int WINDOW_DAYS = Trending.SCHEMA.ordinal("window_days");
  private static final int RANK = Trending.SCHEMA.ordinal("rank");
  private static final int PRODUCT_ID = Trending.SCHEMA.ordinal("product_id");
  private static final int VIEWS = Trending.SCHEMA.ordinal("views");
  private static final int VIEWS_BEFORE = Trending.SCHEMA.ordinal("views_before");
  private static final int VIEWS_DELTA = Trending.SCHEMA.ordinal("views_delta");
  private static final int GROWTH = Trending.SCHEMA.ordinal("growth");
  private static final int IS_NEW = Trending.SCHEMA.ordinal("is_new");
  private static final int SCORE = Trending.SCHEMA.ordinal("score");
  private static final int VISITORS = Trending.SCHEMA.ordinal("visitors");

  private final TrendingWindows windows;
  private int window = NO_WINDOW;
  private long rank;

  TrendingRows(TrendingWindows windows) {
    this.windows = windows;
  }

  /** Writes a product's row so that the bytes of the order sort by window and rank. */
  static void put(
      ByteWriter order,
      ByteWriter value,
      int window,
      long views,
      long before,
      long visitors,
      ByteWriter product) {
    order.putByte(window).putOrdered(~ordered(score(views, before)));
    order.putBytes(product.bytes(), 0, product.length());
    value.putUnsigned(views).putUnsigned(before).putSigned(visitors);
  }

  /** A number whose order is that of {@link Double#compare}. */
  private static long ordered(double number) {
    long bits = Double.doubleToLongBits(number);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /** How much the views of a window stand out from those of the one before it. */
  static double score(long views, long before) {
    return Math.subtractExact(views, before)
        / Math.sqrt((double) Math.addExact(Math.addExact(views, before), DAMPING));
  }

  @Override
  public void begin(LocalDate day) {
    window = NO_WINDOW;
  }

  @Override
  public void write(ByteReader order, ByteReader value, RowSink output) throws IOException {
    int next = order.readByte();
    rank = next == window ? rank + 1 : 1;
    window = next;
    order.skip(Long.BYTES);
    long now = value.readUnsigned();
    long then = value.readUnsigned();
    long visitors = value.readSigned();
    var row = output.row();
    row.setLong(WINDOW_DAYS, windows.days(window));
    row.setLong(RANK, rank);
    row.setText(PRODUCT_ID, order.bytes(), order.position(), order.remaining());
    row.setLong(VIEWS, now);
    row.setLong(VIEWS_BEFORE, then);
    row.setLong(VIEWS_DELTA, now - then);
    if (then > 0) {
      row.setDouble(GROWTH, (double) now / then - 1);
    }
    row.setBoolean(IS_NEW, then == 0);
    row.setDouble(SCORE, score(now, then));
    if (visitors != RankedProduct.NOT_COUNTED) {
      row.setLong(VISITORS, visitors);
    }
    output.write();
  }
}
