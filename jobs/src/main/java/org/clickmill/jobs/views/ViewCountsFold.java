package org.clickmill.jobs.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/**
 * Counts views and visitors of each product, batch by batch. Where brand and category are wanted,
 * every known event of a product is looked at, since the last one tells them.
 */
final class ViewCountsFold implements Fold {
  private final Set<String> tables;
  private final ViewColumns columns;
  private final ProductRows rows = new ProductRows();
  private final ProductCounts counts;

  /**
   * @param tables those that are wanted
   * @param emitter takes the counts of every batch at once
   */
  ViewCountsFold(Set<String> tables, ViewColumns columns, Emitter emitter) {
    this.tables = Set.copyOf(tables);
    this.columns = columns;
    this.counts = new ProductCounts(columns, emitter);
  }

  @Override
  public List<String> columns() {
    var names = new ArrayList<>(List.of("event_type", "product_id"));
    if (columns.lastEvent() || tables.contains(ViewCounts.HOURLY)) {
      names.add("event_time");
    }
    if (columns.brand()) {
      names.add("brand");
    }
    if (columns.categoryCode()) {
      names.add("category_code");
    }
    if (columns.visitors()) {
      names.addAll(List.of("visitor_id", "user_id", "user_session"));
    }
    return names;
  }

  @Override
  public Set<String> eventTypes() {
    return columns.lastEvent() ? Set.of() : Set.of(EventType.VIEW.text());
  }

  @Override
  public long fold(ColumnBatch batch) {
    rows.group(batch, columns.lastEvent());
    counts.begin(batch, rows);
    for (int product = 0; product < rows.products(); product++) {
      int from = rows.start(product);
      int to = rows.start(product + 1);
      if (from == to) {
        continue;
      }
      if (tables.contains(ViewCounts.DAILY)) {
        counts.emitDay(product, from, to);
      }
      if (tables.contains(ViewCounts.HOURLY)) {
        counts.emitHours(product, from, to);
      }
    }
    return rows.size();
  }

  /** Nothing is kept from batch to batch. */
  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter emitter) {
    // All is emitted.
  }
}
