package org.clickmill.jobs.clv;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;
import org.clickmill.jobs.kernel.Table;

/**
 * Values every customer of a snapshot: one job counts its customers by what the models look at, the
 * driver fits the models to what is left of it, a second job scores the customers.
 */
public final class Clv implements JobChain {
  public static final String DATASET = "clv";
  public static final String MODEL = "clv_model";

  /** The table that compares models with what happened after; the settings ask for it. */
  public static final String CALIBRATION = "clv_calibration";

  static final String CUSTOMERS = "customers";
  static final String CUSTOMER_DAYS = "customer_days";
  private static final int LOGIC_VERSION = 3;

  static final Table TABLE = table(DATASET);
  static final Table MODEL_TABLE = table(MODEL);
  static final Table CALIBRATION_TABLE =
      Table.daily(
              CALIBRATION,
              TableSchema.load(Clv.class, CALIBRATION + ".avsc"),
              new CalibrationInputs(),
              1,
              ClvSettings.ofCalibration())
          .asSnapshot();

  private static Table table(String dataset) {
    return Table.daily(
            dataset,
            TableSchema.load(Clv.class, dataset + ".avsc"),
            Inputs.day(CUSTOMERS),
            LOGIC_VERSION,
            ClvSettings.ofModels())
        .asSnapshot();
  }

  @Override
  public String name() {
    return DATASET;
  }

  @Override
  public List<Table> tables() {
    return List.of(TABLE, MODEL_TABLE, CALIBRATION_TABLE);
  }

  @Override
  public List<Table> tables(Configuration configuration) {
    return ClvSettings.HOLDOUT_WEEKS.get(configuration) > 0
        ? tables()
        : List.of(TABLE, MODEL_TABLE);
  }

  /** Computes day after day; a day is fitted once, whichever of its tables are requested. */
  @Override
  public Outcome run(Run run, Catalog catalog, Schemas schemas, List<Request> requests)
      throws IOException, InterruptedException {
    var partitions = new ArrayList<StagedPartition>();
    var warnings = new ArrayList<String>();
    long read = 0;
    long written = 0;
    for (var day : requests.stream().map(Request::start).distinct().sorted().toList()) {
      for (var outcome : run(run, catalog, schemas, day, requests)) {
        partitions.addAll(outcome.partitions());
        warnings.addAll(outcome.warnings());
        read += outcome.rowsRead();
        written += outcome.rowsWritten();
      }
    }
    return new Outcome(partitions, read, written, "", warnings);
  }

  private static List<Outcome> run(
      Run run, Catalog catalog, Schemas schemas, LocalDate day, List<Request> requests)
      throws IOException, InterruptedException {
    var outcomes = new ArrayList<Outcome>();
    var scored = new ArrayList<Request>();
    for (var request : requests) {
      if (!request.start().equals(day)) {
        continue;
      }
      if (request.table().dataset().equals(CALIBRATION)) {
        outcomes.add(new CalibrationDay(run, catalog, schemas, day).run(request));
      } else {
        scored.add(request);
      }
    }
    if (!scored.isEmpty()) {
      outcomes.add(new ClvDay(run, catalog, schemas, day).run(scored));
    }
    return outcomes;
  }
}
