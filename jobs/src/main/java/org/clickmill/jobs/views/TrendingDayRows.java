package org.clickmill.jobs.views;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.DayRows;
import org.clickmill.jobs.kernel.RequestedDays;

/** A product's views of a day, and their visitors where they are counted. */
final class TrendingDayRows implements DayRows {
  private final RequestedDays days;
  private final int longest;

  private StringColumn products;
  private StringColumn sketches;
  private long[] views;
  private boolean withVisitors;

  /**
   * @param longest days of the longest window
   */
  TrendingDayRows(RequestedDays days, int longest) {
    this.days = days;
    this.longest = longest;
  }

  @Override
  public List<String> columns() {
    return List.of("product_id", "views", "visitors_sketch");
  }

  @Override
  public void begin(ColumnBatch batch) {
    long day = batch.partition().day().toEpochDay();
    // In the windows that only compare with others, nobody counts visitors.
    withVisitors = days.anyBetween(day, day + longest - 1);
    products = batch.strings("product_id");
    sketches = withVisitors ? batch.strings("visitors_sketch") : null;
    views = batch.longs("views").values();
  }

  @Override
  public void put(int row, ByteWriter key, ByteWriter value) {
    int product = products.ids()[row];
    key.putBytes(products.bytes(), products.offset(product), products.length(product));
    value.putUnsigned(views[row]);
    int sketch = withVisitors ? sketches.ids()[row] : StringColumn.NULL;
    if (sketch != StringColumn.NULL) {
      value.putBytes(sketches.bytes(), sketches.offset(sketch), sketches.length(sketch));
    }
  }
}
