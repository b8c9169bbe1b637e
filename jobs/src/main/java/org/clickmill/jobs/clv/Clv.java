package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  static final String CUSTOMERS = "customers";
  private static final int LOGIC_VERSION = 2;

  static final Table TABLE = table(DATASET);
  static final Table MODEL_TABLE = table(MODEL);

  private static Table table(String dataset) {
    return Table.daily(
            dataset,
            TableSchema.load(Clv.class, dataset + ".avsc"),
            Inputs.day(CUSTOMERS),
            LOGIC_VERSION,
            ClvSettings.all())
        .asSnapshot();
  }

  @Override
  public String name() {
    return DATASET;
  }

  @Override
  public List<Table> tables() {
    return List.of(TABLE, MODEL_TABLE);
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
      var wanted = requests.stream().filter(request -> request.start().equals(day)).toList();
      var outcome = new ClvDay(run, catalog, schemas, day).run(wanted);
      partitions.addAll(outcome.partitions());
      warnings.addAll(outcome.warnings());
      read += outcome.rowsRead();
      written += outcome.rowsWritten();
    }
    return new Outcome(partitions, read, written, "", warnings);
  }
}
