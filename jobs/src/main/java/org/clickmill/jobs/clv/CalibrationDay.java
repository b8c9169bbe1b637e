package org.clickmill.jobs.clv;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;

/**
 * The two jobs of one calibration, and what the driver makes of their counts: one job finds the
 * history of each customer, a second one counts equal histories.
 */
final class CalibrationDay {
  private final Run run;
  private final Catalog catalog;
  private final Schemas schemas;
  private final LocalDate day;

  CalibrationDay(Run run, Catalog catalog, Schemas schemas, LocalDate day) {
    this.run = run;
    this.catalog = catalog;
    this.schemas = schemas;
    this.day = day;
  }

  /** Writes clv_calibration of the day. */
  Outcome run(Request request) throws IOException, InterruptedException {
    var configuration = run.configuration();
    var holdout = Holdout.of(configuration, day);
    var found = job("clv hold-out " + day, new HoldoutCustomers(), List.of());
    var counted = job("clv hold-out count " + day, new HoldoutCounts(), found.partitions());
    var calibration =
        Calibration.of(
            holdout,
            Cohorts.of(configuration, holdout.calibrationEnd()),
            new StagedRows(run, counted.partitions()),
            new BgNbdFit(ClvSettings.MINIMUM_REPEAT_CUSTOMERS.get(configuration)));
    var written = new DriverRows(run, catalog).write(request, calibration::write);
    return new Outcome(
        written,
        found.rowsRead(),
        written.stream().mapToLong(partition -> partition.fingerprint().rows()).sum(),
        "",
        calibration.problem() == null
            ? List.of()
            : List.of(Clv.CALIBRATION + " of " + day + calibration.problem()));
  }

  private Outcome job(String title, Analysis analysis, List<StagedPartition> staged)
      throws IOException, InterruptedException {
    var requests = analysis.tables().stream().map(table -> new Request(table, day)).toList();
    return new FoldJob(run, catalog, this::schemaOf)
        .reading(staged)
        .run(title, Map.of(analysis, requests));
  }

  private TableSchema schemaOf(String dataset) {
    return dataset.equals(HoldoutCustomers.DATASET) ? HoldoutCustomers.SCHEMA : schemas.of(dataset);
  }
}
