package org.clickmill.jobs.customers;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;

/** Tells what the rows of a dataset add to cohorts. */
sealed interface CohortRows permits CohortDayRows, CohortSnapshotRows {
  /** The columns that are read. */
  List<String> columns();

  void begin(ColumnBatch batch);

  /** Where a row belongs; null if to no cohort. */
  CohortCell cell(int row);

  void addTo(CohortFigures figures, int row);
}
