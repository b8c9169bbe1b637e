package org.clickmill.jobs.views;

import java.util.Arrays;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;

/**
 * Makes partial counts of a product's rows in a batch and emits them, for the day as a whole or for
 * each hour. Partials of the same product and hour may come in any number.
 */
final class ProductCounts {
  private static final long HOUR = 3_600_000L;

  private final ViewColumns columns;
  private final Emitter emitter;
  private final VisitorHashes visitors = new VisitorHashes();
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();
  private long[] hashes = new long[64];

  private ProductRows rows;
  private long position;
  private StringColumn product;
  private StringColumn brand;
  private StringColumn category;
  private long[] times;
  private ColumnBatch batch;

  ProductCounts(ViewColumns columns, Emitter emitter) {
    this.columns = columns;
    this.emitter = emitter;
  }

  void begin(ColumnBatch next, ProductRows grouped) {
    batch = next;
    rows = grouped;
    position = next.position() << 32;
    product = next.strings("product_id");
    brand = columns.brand() ? next.strings("brand") : null;
    category = columns.categoryCode() ? next.strings("category_code") : null;
    times = columns.lastEvent() ? next.longs("event_time").values() : null;
    if (columns.visitors()) {
      visitors.begin(next);
    }
  }

  /** Emits the counts of the day: one partial of all rows. */
  void emitDay(int id, int from, int to) {
    key.clear();
    emit(ViewCounts.DAILY, id, from, to);
  }

  /** Emits the counts of hours: a partial for each run of rows of one hour. */
  void emitHours(int id, int from, int to) {
    long[] rowTimes = batch.longs("event_time").values();
    int[] sorted = rows.rows();
    int end;
    for (int start = from; start < to; start = end) {
      long hour = Math.floorDiv(rowTimes[sorted[start]], HOUR) * HOUR;
      end = start + 1;
      while (end < to && rowTimes[sorted[end]] - hour < HOUR && rowTimes[sorted[end]] >= hour) {
        end++;
      }
      key.clear().putOrdered(hour);
      emit(ViewCounts.HOURLY, id, start, end);
    }
  }

  private void emit(String table, int id, int from, int to) {
    key.putBytes(product.bytes(), product.offset(id), product.length(id));
    int views = 0;
    int found = 0;
    int[] sorted = rows.rows();
    if (hashes.length < to - from) {
      hashes = new long[2 * (to - from)];
    }
    for (int i = from; i < to; i++) {
      int row = sorted[i];
      if (rows.isView(row)) {
        views++;
        if (columns.visitors()) {
          hashes[found] = visitors.hash(row);
          found += hashes[found] == VisitorHashes.NONE ? 0 : 1;
        }
      }
    }
    partial.clear().putUnsigned(views);
    if (columns.lastEvent()) {
      putLastEvent(from, to);
    }
    if (columns.visitors()) {
      VisitorSketch.write(partial, hashes, sortDistinct(found));
    }
    emitter.emit(table, key, partial, to - from);
  }

  /** The last row by time, and the later one of two at the same time. */
  private void putLastEvent(int from, int to) {
    int[] sorted = rows.rows();
    int last = sorted[from];
    for (int i = from + 1; i < to; i++) {
      last = times[sorted[i]] >= times[last] ? sorted[i] : last;
    }
    partial.putSigned(times[last]).putSigned(position + last);
    putText(brand, last);
    putText(category, last);
  }

  private void putText(StringColumn column, int row) {
    int id = column == null ? StringColumn.NULL : column.ids()[row];
    if (id == StringColumn.NULL) {
      partial.putNullText();
    } else {
      partial.putText(column.bytes(), column.offset(id), column.length(id));
    }
  }

  /** Sorts the first hashes and drops what repeats; returns how many are left. */
  private int sortDistinct(int count) {
    Arrays.sort(hashes, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (distinct == 0 || hashes[i] != hashes[distinct - 1]) {
        hashes[distinct++] = hashes[i];
      }
    }
    return distinct;
  }
}
