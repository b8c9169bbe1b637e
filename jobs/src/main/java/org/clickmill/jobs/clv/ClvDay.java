package org.clickmill.jobs.clv;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Schemas;

/** The two jobs of one snapshot, and the fit between them. */
final class ClvDay {
  private final Run run;
  private final Catalog catalog;
  private final Schemas schemas;
  private final LocalDate day;

  ClvDay(Run run, Catalog catalog, Schemas schemas, LocalDate day) {
    this.run = run;
    this.catalog = catalog;
    this.schemas = schemas;
    this.day = day;
  }

  /** Writes the tables that are requested for the day. */
  Outcome run(List<Request> requests) throws IOException, InterruptedException {
    var counted = count();
    var fitted = fit(counted);
    var partitions = new ArrayList<StagedPartition>();
    long read = counted.rowsRead();
    long written = 0;
    for (var request : requests) {
      if (request.table().dataset().equals(Clv.DATASET)) {
        var scored = score(request, fitted.scoring());
        partitions.addAll(scored.partitions());
        read += scored.rowsRead();
        written += scored.rowsWritten();
      } else {
        partitions.addAll(writeModel(request, fitted));
        written += fitted.models().size();
      }
    }
    var ofAll = fitted.ofAll();
    var warnings = ofAll.converged() ? List.<String>of() : List.of(warning(ofAll.reason()));
    return new Outcome(partitions, read, written, "", warnings);
  }

  private String warning(String reason) {
    return Clv.DATASET + " of " + day + " has no model: " + reason;
  }

  private Outcome count() throws IOException, InterruptedException {
    var analysis = new CountCustomers();
    var requests = analysis.tables().stream().map(table -> new Request(table, day)).toList();
    return new FoldJob(run, catalog, schemas).run("clv count " + day, Map.of(analysis, requests));
  }

  private FittedModels fit(Outcome counted) throws IOException {
    var configuration = run.configuration();
    int minimum = ClvSettings.MINIMUM_REPEAT_CUSTOMERS.get(configuration);
    var counts =
        CustomerCounts.read(
            run, counted.partitions(), CustomerCounts.MOST_VALUES, new GammaGammaFit(minimum));
    return FittedModels.fit(counts, Cohorts.of(configuration, day), configuration);
  }

  private Outcome score(Request request, Scoring scoring) throws IOException, InterruptedException {
    var configuration = new Configuration(run.configuration());
    scoring.write(configuration);
    return new FoldJob(run.with(configuration), catalog, schemas)
        .run("clv score " + day, Map.of(new Score(), List.of(request)));
  }

  private List<StagedPartition> writeModel(Request request, FittedModels fitted)
      throws IOException {
    return new DriverRows(run, catalog)
        .write(
            request,
            (row, output) -> {
              for (var models : fitted.models()) {
                fitted.fill(row, models);
                output.write(row);
              }
            });
  }
}
