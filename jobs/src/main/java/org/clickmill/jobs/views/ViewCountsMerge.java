package org.clickmill.jobs.views;

import java.io.IOException;
import org.clickmill.formats.write.Row;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up a product's partial counts; a product without views gets no row. */
final class ViewCountsMerge implements Merge {
  private final boolean hourly;
  private final ViewColumns columns;
  private final int hourStart;
  private final int productId;
  private final int brand;
  private final int categoryCode;
  private final int views;
  private final int visitors;
  private final int visitorsSketch;
  private final VisitorSketch sketch = new VisitorSketch();

  /** Brand and category of the last event so far, as the partial has them. */
  private final ByteWriter texts = new ByteWriter();

  private final ByteReader textReader = new ByteReader();
  private long total;
  private long lastTime;
  private long lastPosition;

  ViewCountsMerge(TableSchema schema, boolean hourly, ViewColumns columns) {
    this.hourly = hourly;
    this.columns = columns;
    hourStart = hourly ? schema.ordinal("hour_start") : -1;
    productId = schema.ordinal("product_id");
    brand = schema.ordinal("brand");
    categoryCode = schema.ordinal("category_code");
    views = schema.ordinal("views");
    visitors = schema.ordinal("visitors");
    visitorsSketch = schema.ordinal("visitors_sketch");
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    total = 0;
    lastTime = Long.MIN_VALUE;
    lastPosition = Long.MIN_VALUE;
    sketch.clear();
    while (partials.next()) {
      add(partials.value());
    }
    if (total == 0) {
      return;
    }
    var row = output.row();
    if (hourly) {
      row.setLong(hourStart, key.readOrdered());
    }
    row.setText(productId, key.bytes(), key.position(), key.remaining());
    row.setLong(views, total);
    if (columns.lastEvent()) {
      textReader.reset(texts.bytes(), 0, texts.length());
      setText(row, brand);
      setText(row, categoryCode);
    }
    if (columns.visitors()) {
      row.setLong(visitors, sketch.count());
      int length = sketch.encode();
      row.setText(visitorsSketch, sketch.encoded(), 0, length);
    }
    output.write();
  }

  private void add(ByteReader partial) {
    total += partial.readUnsigned();
    if (columns.lastEvent()) {
      long time = partial.readSigned();
      long position = partial.readSigned();
      int start = partial.position();
      skipText(partial);
      skipText(partial);
      if (time > lastTime || (time == lastTime && position >= lastPosition)) {
        lastTime = time;
        lastPosition = position;
        texts.clear().putBytes(partial.bytes(), start, partial.position() - start);
      }
    }
    if (columns.visitors()) {
      sketch.merge(partial);
    }
  }

  private static void skipText(ByteReader reader) {
    reader.skip(Math.max(0, reader.readTextLength()));
  }

  private void setText(Row row, int column) {
    int length = textReader.readTextLength();
    if (length >= 0) {
      row.setText(column, textReader.bytes(), textReader.position(), length);
      textReader.skip(length);
    }
  }
}
