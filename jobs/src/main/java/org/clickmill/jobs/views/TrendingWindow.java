package org.clickmill.jobs.views;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.SlidingWindow;

/**
 * The windows of a product, each with the one before it. Sums of views are kept by adding the day
 * that comes in and subtracting the one that goes out. The days that some window still sees wait in
 * arrays, in order.
 */
final class TrendingWindow implements SlidingWindow {
  private final TrendingWindows lengths;
  private final Window[] windows;
  private final ByteWriter product = new ByteWriter();
  private final ByteWriter order = new ByteWriter();
  private final ByteWriter value = new ByteWriter();
  private long[] days = new long[128];
  private long[] views = new long[128];
  private boolean[] hasVisitors = new boolean[128];
  private int size;

  /** One window at the day that was added or emitted last. */
  private final class Window {
    private final int length;
    private final VisitorWindow visitors = new VisitorWindow();

    /** Where the window's days begin in the arrays, and those of the one before it. */
    private int from;

    private int beforeFrom;
    private long viewsIn;
    private long viewsBefore;
    private int daysWithoutVisitors;

    private Window(int length) {
      this.length = length;
    }

    private void clear() {
      visitors.clear();
      from = 0;
      beforeFrom = 0;
      viewsIn = 0;
      viewsBefore = 0;
      daysWithoutVisitors = 0;
    }

    private void add(ByteReader sketch) {
      int last = size - 1;
      viewsIn = Math.addExact(viewsIn, views[last]);
      if (hasVisitors[last]) {
        visitors.add(days[last], sketch.bytes(), sketch.position(), sketch.remaining());
      } else {
        daysWithoutVisitors++;
      }
    }

    private void moveTo(long day) {
      for (; from < size && days[from] <= day - length; from++) {
        viewsIn -= views[from];
        viewsBefore = Math.addExact(viewsBefore, views[from]);
        daysWithoutVisitors -= hasVisitors[from] ? 0 : 1;
      }
      for (; beforeFrom < from && days[beforeFrom] <= day - 2L * length; beforeFrom++) {
        viewsBefore -= views[beforeFrom];
      }
      visitors.removeUpTo(day - length);
    }

    private void emit(int window, Output output) throws IOException {
      if (viewsIn == 0 && viewsBefore == 0) {
        return;
      }
      long count = daysWithoutVisitors == 0 ? visitors.count() : RankedProduct.NOT_COUNTED;
      TrendingRows.put(order.clear(), value.clear(), window, viewsIn, viewsBefore, count, product);
      output.add(order, value);
    }
  }

  TrendingWindow(TrendingWindows lengths) {
    this.lengths = lengths;
    windows = new Window[lengths.size()];
    Arrays.setAll(windows, window -> new Window(lengths.days(window)));
  }

  @Override
  public int days() {
    return lengths.reach();
  }

  @Override
  public void begin(ByteReader key) {
    product.clear().putBytes(key.bytes(), key.position(), key.remaining());
    size = 0;
    for (var window : windows) {
      window.clear();
    }
  }

  @Override
  public void add(long epochDay, ByteReader day) {
    moveTo(epochDay);
    makeRoom();
    days[size] = epochDay;
    views[size] = day.readUnsigned();
    hasVisitors[size] = day.remaining() > 0;
    size++;
    for (var window : windows) {
      window.add(day);
    }
  }

  @Override
  public void emit(long epochDay, Output output) throws IOException {
    moveTo(epochDay);
    for (int window = 0; window < windows.length; window++) {
      windows[window].emit(window, output);
    }
  }

  private void moveTo(long day) {
    for (var window : windows) {
      window.moveTo(day);
    }
  }

  /** Drops the days that no window sees any more, and grows the arrays if few are. */
  private void makeRoom() {
    if (size < days.length) {
      return;
    }
    int unseen = size;
    for (var window : windows) {
      unseen = Math.min(unseen, window.beforeFrom);
    }
    int capacity = unseen < size / 2 ? 2 * size : size;
    size -= unseen;
    days = copy(days, unseen, capacity);
    views = copy(views, unseen, capacity);
    var flags = new boolean[capacity];
    System.arraycopy(hasVisitors, unseen, flags, 0, size);
    hasVisitors = flags;
    for (var window : windows) {
      window.from -= unseen;
      window.beforeFrom -= unseen;
    }
  }

  private long[] copy(long[] values, int from, int capacity) {
    var copy = new long[capacity];
    System.arraycopy(values, from, copy, 0, size);
    return copy;
  }
}
