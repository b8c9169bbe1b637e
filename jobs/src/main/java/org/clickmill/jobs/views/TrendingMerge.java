package org.clickmill.jobs.views;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up each product's windows, and ranks all products when the last is in. */
final class TrendingMerge implements Merge {
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
  private final long[] views;
  private final long[] before;
  private final VisitorSketch[] visitors;

  /** Whether all days of the window so far have a sketch. */
  private final boolean[] counted;

  private final TrendingProducts products;

  TrendingMerge(TrendingWindows windows) {
    this.windows = windows;
    views = new long[windows.size()];
    before = new long[windows.size()];
    visitors = new VisitorSketch[windows.size()];
    Arrays.setAll(visitors, window -> new VisitorSketch());
    counted = new boolean[windows.size()];
    products = new TrendingProducts(windows.size());
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) {
    Arrays.fill(views, 0);
    Arrays.fill(before, 0);
    Arrays.fill(counted, true);
    for (var sketch : visitors) {
      sketch.clear();
    }
    while (partials.next()) {
      add(partials.value());
    }
    products.add(key);
    for (int window = 0; window < windows.size(); window++) {
      long count = counted[window] ? visitors[window].count() : RankedProduct.NOT_COUNTED;
      products.set(window, views[window], before[window], count);
    }
  }

  private void add(ByteReader day) {
    long daysBack = day.readUnsigned();
    long count = day.readUnsigned();
    for (int window = 0; window < windows.size(); window++) {
      if (windows.isIn(window, daysBack)) {
        views[window] = Math.addExact(views[window], count);
        if (day.remaining() > 0) {
          visitors[window].mergeImage(day.bytes(), day.position(), day.remaining());
        } else {
          counted[window] = false;
        }
      } else if (windows.isBefore(window, daysBack)) {
        before[window] = Math.addExact(before[window], count);
      }
    }
  }

  @Override
  public void end(RowSink output) throws IOException {
    for (int window = 0; window < windows.size(); window++) {
      int rank = 1;
      for (int product : products.ranked(window)) {
        write(window, rank++, product, output);
      }
    }
    products.clear();
  }

  private void write(int window, int rank, int product, RowSink output) throws IOException {
    long now = products.views(window, product);
    long then = products.before(window, product);
    var row = output.row();
    row.setLong(WINDOW_DAYS, windows.days(window));
    row.setLong(RANK, rank);
    row.setText(PRODUCT_ID, products.bytes(), products.offset(product), products.length(product));
    row.setLong(VIEWS, now);
    row.setLong(VIEWS_BEFORE, then);
    row.setLong(VIEWS_DELTA, now - then);
    if (then > 0) {
      row.setDouble(GROWTH, (double) now / then - 1);
    }
    row.setBoolean(IS_NEW, then == 0);
    row.setDouble(SCORE, TrendingProducts.score(now, then));
    if (products.visitors(window, product) != RankedProduct.NOT_COUNTED) {
      row.setLong(VISITORS, products.visitors(window, product));
    }
    output.write();
  }
}
