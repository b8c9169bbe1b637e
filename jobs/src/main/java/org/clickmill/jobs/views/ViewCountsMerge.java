package org.clickmill.jobs.views;

import java.io.IOException;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up a product's partial counts; a product without views gets no row. */
final class ViewCountsMerge implements Merge {
  private final boolean hourly;
  private final int hourStart;
  private final int productId;
  private final int brand;
  private final int categoryCode;
  private final int views;
  private final int visitors;
  private final int visitorsSketch;
  private final VisitorSketch sketch = new VisitorSketch();

  ViewCountsMerge(TableSchema schema, boolean hourly) {
    this.hourly = hourly;
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
    long total = 0;
    long lastTime = Long.MIN_VALUE;
    long lastPosition = Long.MIN_VALUE;
    String lastBrand = null;
    String lastCategory = null;
    sketch.clear();
    while (partials.next()) {
      var partial = partials.value();
      total += partial.readUnsigned();
      long time = partial.readSigned();
      long position = partial.readSigned();
      var partialBrand = partial.readText();
      var partialCategory = partial.readText();
      if (time > lastTime || (time == lastTime && position >= lastPosition)) {
        lastTime = time;
        lastPosition = position;
        lastBrand = partialBrand;
        lastCategory = partialCategory;
      }
      sketch.merge(partial);
    }
    if (total == 0) {
      return;
    }
    var row = output.row();
    if (hourly) {
      row.setLong(hourStart, key.readOrdered());
    }
    row.setText(productId, key.bytes(), key.position(), key.remaining());
    row.setText(brand, lastBrand);
    row.setText(categoryCode, lastCategory);
    row.setLong(views, total);
    row.setLong(visitors, sketch.count());
    byte[] image = sketch.image();
    row.setText(visitorsSketch, image, 0, image.length);
    output.write();
  }
}
