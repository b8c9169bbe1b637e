package org.clickmill.jobs.example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.TextDictionary;
import org.clickmill.jobs.lines.Line;
import org.clickmill.jobs.lines.LineKind;
import org.clickmill.jobs.lines.LineReader;

/** Adds up the return lines of each product. */
final class ReturnedProductsFold implements Fold {
  private final LineReader lines = new LineReader(false);
  private final TextDictionary products = new TextDictionary();
  private long[] count = new long[64];
  private long[] units = new long[64];
  private long[] revenue = new long[64];
  private int[] translation = new int[0];

  @Override
  public List<String> columns() {
    var columns = new ArrayList<>(LineReader.columns());
    columns.add("product_id");
    return columns;
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of(EventType.PURCHASE.text(), EventType.RETURN.text());
  }

  @Override
  public long fold(ColumnBatch batch) {
    if (lines.begin(batch) == 0) {
      return 0;
    }
    var product = batch.strings("product_id");
    // A batch numbers its texts; each is looked up once in the fold's own numbers.
    translation = TextDictionary.translation(product, translation);
    long folded = 0;
    for (int i = 0; i < lines.count(); i++) {
      var line = lines.read(i);
      int id = product.ids()[line.row];
      if (line.kind != LineKind.RETURNED || id == StringColumn.NULL) {
        continue;
      }
      if (translation[id] == TextDictionary.UNKNOWN) {
        translation[id] = products.ordinal(product, id);
      }
      add(translation[id], line);
      folded++;
    }
    return folded;
  }

  private void add(int ordinal, Line line) {
    if (ordinal >= count.length) {
      count = Arrays.copyOf(count, 2 * ordinal);
      units = Arrays.copyOf(units, 2 * ordinal);
      revenue = Arrays.copyOf(revenue, 2 * ordinal);
    }
    count[ordinal]++;
    units[ordinal] += line.units;
    revenue[ordinal] = Math.addExact(revenue[ordinal], line.value);
  }

  @Override
  public long memoryBytes() {
    return products.memoryBytes() + 3L * Long.BYTES * count.length;
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    for (int i = 0; i < products.size(); i++) {
      key.clear().putBytes(products.bytes(), products.offset(i), products.length(i));
      partial.clear().putUnsigned(count[i]).putUnsigned(units[i]).putUnsigned(revenue[i]);
      emitter.emit(ReturnedProducts.DATASET, key, partial, count[i]);
    }
    Arrays.fill(count, 0);
    Arrays.fill(units, 0);
    Arrays.fill(revenue, 0);
    products.clear();
  }
}
