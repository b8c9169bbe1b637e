package org.clickmill.jobs.views;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Keeps the most viewed products of a day's view counts, and the day's total. */
final class TopProductsFold implements Fold {
  private final int limit;
  private final PriorityQueue<RankedProduct> best;
  private long rows;
  private long totalViews;

  TopProductsFold(int limit) {
    this.limit = limit;
    // The worst of the best stands at the head, to be replaced first.
    this.best = new PriorityQueue<>((a, b) -> b.compareTo(a));
  }

  @Override
  public List<String> columns() {
    return List.of("product_id", "brand", "category_code", "views", "visitors");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    long[] views = batch.longs("views").values();
    var visitors = batch.longs("visitors");
    var products = batch.strings("product_id");
    var brands = batch.strings("brand");
    var categories = batch.strings("category_code");
    for (int row = 0; row < batch.size(); row++) {
      totalViews = Math.addExact(totalViews, views[row]);
      if (best.size() == limit && views[row] < best.peek().views()) {
        continue;
      }
      int id = products.ids()[row];
      int start = products.offset(id);
      best.add(
          new RankedProduct(
              Arrays.copyOfRange(products.bytes(), start, start + products.length(id)),
              brands.text(brands.ids()[row]),
              categories.text(categories.ids()[row]),
              views[row],
              visitors.isNull(row) ? RankedProduct.NOT_COUNTED : visitors.values()[row]));
      if (best.size() > limit) {
        best.remove();
      }
    }
    rows += batch.size();
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return best.size() * 200L;
  }

  @Override
  public void flush(Emitter emitter) {
    var partial = new ByteWriter().putUnsigned(totalViews).putUnsigned(best.size());
    best.forEach(product -> product.write(partial));
    emitter.emit(TopProducts.DATASET, new ByteWriter(), partial, rows);
    best.clear();
    rows = 0;
    totalViews = 0;
  }
}
