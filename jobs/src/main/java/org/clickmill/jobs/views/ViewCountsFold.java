package org.clickmill.jobs.views;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Counts views and visitors of each product. Every known event of a product is looked at, since the
 * last one gives its brand and category; only views are counted.
 */
final class ViewCountsFold implements Fold {
  private static final byte PASSED_OVER = 0;
  private static final byte KNOWN = 1;
  private static final byte VIEW = 2;

  private final List<ProductCounts> counts = new ArrayList<>();
  private final TextDictionary products = new TextDictionary();
  private final VisitorHashes visitors = new VisitorHashes();
  private int[] translation = new int[0];

  ViewCountsFold(Set<String> tables) {
    if (tables.contains(ViewCounts.DAILY)) {
      counts.add(new ProductCounts(ViewCounts.DAILY, false));
    }
    if (tables.contains(ViewCounts.HOURLY)) {
      counts.add(new ProductCounts(ViewCounts.HOURLY, true));
    }
  }

  @Override
  public List<String> columns() {
    return List.of(
        "event_time",
        "event_type",
        "product_id",
        "brand",
        "category_code",
        "visitor_id",
        "user_id",
        "user_session");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    byte[] kinds = kinds(batch.strings("event_type"));
    int[] types = batch.strings("event_type").ids();
    long[] times = batch.longs("event_time").values();
    var product = batch.strings("product_id");
    int[] productIds = product.ids();
    translation = TextDictionary.translation(product, translation);
    visitors.begin(batch);
    counts.forEach(count -> count.begin(batch));

    int folded = 0;
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      byte kind = kinds[types[row]];
      int id = productIds[row];
      if (kind == PASSED_OVER || id == StringColumn.NULL) {
        continue;
      }
      int ordinal = translation[id];
      if (ordinal == TextDictionary.UNKNOWN) {
        ordinal = products.ordinal(product, id);
        translation[id] = ordinal;
      }
      long visitor = kind == VIEW ? visitors.hash(row) : VisitorHashes.NONE;
      for (int i = 0; i < counts.size(); i++) {
        counts.get(i).add(ordinal, row, times[row], kind == VIEW, visitor);
      }
      folded++;
    }
    counts.forEach(ProductCounts::end);
    return folded;
  }

  @Override
  public long memoryBytes() {
    return products.memoryBytes() + counts.stream().mapToLong(ProductCounts::memoryBytes).sum();
  }

  @Override
  public void flush(Emitter emitter) {
    for (var count : counts) {
      count.flush(products, emitter);
    }
    products.clear();
  }

  /** What each dictionary id of the event type means. */
  private static byte[] kinds(StringColumn types) {
    var kinds = new byte[types.dictionarySize()];
    Arrays.fill(kinds, PASSED_OVER);
    for (int id = 0; id < kinds.length; id++) {
      for (var type : EventType.values()) {
        if (type.matches(types.bytes(), types.offset(id), types.length(id))) {
          kinds[id] = type == EventType.VIEW ? VIEW : KNOWN;
        }
      }
    }
    return kinds;
  }
}
