package org.clickmill.jobs.customers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Adds up rows by cohort and month, of which there are few. */
final class CohortsFold implements Fold {
  private static final long CELL_BYTES = 150;

  private final CohortRows source;
  private final Map<CohortCell, CohortFigures> cells = new HashMap<>();

  CohortsFold(CohortRows source) {
    this.source = source;
  }

  @Override
  public List<String> columns() {
    return source.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    source.begin(batch);
    long folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      var cell = source.cell(row);
      if (cell != null) {
        source.addTo(cells.computeIfAbsent(cell, any -> new CohortFigures()), row);
        folded++;
      }
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return cells.size() * CELL_BYTES;
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    cells.forEach(
        (cell, figures) -> {
          key.clear().putOrdered(cell.cohort()).putOrdered(cell.monthsSince());
          figures.write(partial.clear());
          emitter.emit(Cohorts.DATASET, key, partial, figures.rows);
        });
    cells.clear();
  }
}
