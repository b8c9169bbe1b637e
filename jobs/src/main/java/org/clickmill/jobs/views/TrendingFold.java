package org.clickmill.jobs.views;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/**
 * Hands the view counts of a day on to every day whose windows it is in. There is one row a product
 * already, so nothing is added up. Sketches of visitors go only where they are counted.
 */
final class TrendingFold implements Fold {
  private final TrendingWindows windows;
  private final ByteWriter counts = new ByteWriter();
  private LocalDate day;

  TrendingFold(TrendingWindows windows) {
    this.windows = windows;
  }

  @Override
  public List<String> columns() {
    return List.of("product_id", "views", "visitors_sketch");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    day = batch.partition().day();
    var products = batch.strings("product_id");
    var sketches = batch.strings("visitors_sketch");
    long[] views = batch.longs("views").values();
    for (int row = 0; row < batch.size(); row++) {
      int product = products.ids()[row];
      int sketch = sketches.ids()[row];
      counts
          .putText(products.bytes(), products.offset(product), products.length(product))
          .putUnsigned(views[row]);
      if (sketch == StringColumn.NULL) {
        counts.putNullText();
      } else {
        counts.putText(sketches.bytes(), sketches.offset(sketch), sketches.length(sketch));
      }
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return counts.length();
  }

  @Override
  public void flush(Emitter emitter) {
    for (var last : emitter.starts(Trending.DATASET)) {
      emit(last, emitter);
    }
    counts.clear();
  }

  private void emit(LocalDate last, Emitter emitter) {
    long daysBack = ChronoUnit.DAYS.between(day, last);
    boolean withVisitors = daysBack < windows.longest();
    var key = new ByteWriter();
    var partial = new ByteWriter();
    var reader = new ByteReader().reset(counts.bytes(), 0, counts.length());
    while (reader.remaining() > 0) {
      int length = reader.readTextLength();
      key.clear().putBytes(reader.bytes(), reader.position(), length);
      long views = reader.skip(length).readUnsigned();
      partial.clear().putUnsigned(daysBack).putUnsigned(views);
      length = Math.max(0, reader.readTextLength());
      if (withVisitors) {
        partial.putBytes(reader.bytes(), reader.position(), length);
      }
      reader.skip(length);
      emitter.emit(Trending.DATASET, last, key, partial, 1);
    }
  }
}
