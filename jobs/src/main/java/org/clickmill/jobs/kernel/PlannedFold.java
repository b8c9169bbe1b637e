package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ScanPlan.Part;

/** What a fold is told before its job runs, to learn which columns it needs. */
record PlannedFold(ScanPlan plan, Part part, String dataset) implements FoldContext {
  @Override
  public Set<String> tables() {
    return part.routedTables();
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
  public boolean isTimeOrdered(Partition partition) {
    return plan.isTimeOrdered(partition);
  }

  @Override
  public RowSink rows(String table, LocalDate start) {
    throw new IllegalStateException("Cannot write rows: the job does not run yet");
  }
}
