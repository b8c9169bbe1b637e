package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/**
 * What a fold is told.
 *
 * @param files take finished rows; null before the job runs, when a fold is only asked what it
 *     reads
 * @param emitter takes partials; null at that time, too
 */
record ScanContext(ScanPlan plan, Part part, String dataset, PartitionFiles files, Emitter emitter)
    implements FoldContext {
  @Override
  public Set<String> tables() {
    return part.outputTables();
  }

  @Override
  public boolean wants(String table, LocalDate start) {
    return part.wants(table, start);
  }

  @Override
  public Set<LocalDate> scanned(String ofDataset) {
    return part.scanned(ofDataset);
  }

  @Override
  public boolean isClusteredByUser(Partition day) {
    return plan.isClusteredByUser(day);
  }

  @Override
  public RowSink rows(String table, LocalDate start) throws IOException {
    if (!part.wants(table, start)) {
      throw new IllegalArgumentException("Not to be written: " + table + " of " + start);
    }
    return files.rows(part.table(table), start);
  }
}
