package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.clickmill.drivers.catalog.JsonRows;
import org.clickmill.drivers.catalog.PartitionRows;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.catalog.TextRows;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Catalog.Days;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.metrics.MetricAnalysis;

/** Computes a metric for a day and prints its rows; what it stages is thrown away. */
record MetricTrial(CommandContext context, MetricAnalysis metric, boolean isJson) {
  /**
   * Runs the scan.
   *
   * @param limit how many rows to print at most
   */
  void run(LocalDate day, long limit) throws IOException, InterruptedException {
    var configuration = context.configuration();
    var warehouse = Warehouse.open(context.warehousePath(), configuration);
    var table = metric.table();
    var request = new Request(table, table.grain().start(day));
    var datasets = new TreeMap<String, Days>();
    var period = new Days(request.start(), request.start());
    table.inputs().datasets().forEach(dataset -> datasets.put(dataset, period));
    datasets.put(table.dataset(), period);
    var catalog = Catalog.read(warehouse, datasets);
    for (var input : table.inputs().of(request.start(), catalog.firstDay())) {
      if (catalog.manifest(input).isEmpty()) {
        throw ClickmillException.notReady("Missing input: %s (pipeline makes it)", input);
      }
    }
    try (var bar = new JobProgress(context.console())) {
      var run = Run.start(warehouse, configuration, Clock.systemUTC(), bar).step("metric-trial");
      try {
        var schemas = Suite.schemas(configuration);
        var outcome =
            new FoldJob(run, catalog, schemas)
                .run("metric trial", Map.of(metric, List.of(request)));
        bar.close();
        if (!outcome.refused().isEmpty()) {
          throw ClickmillException.failed("Cannot print: %s", outcome.refused().get(0).reason());
        }
        print(warehouse, run, request, limit);
      } finally {
        warehouse.discardStaging(run.id());
      }
    }
  }

  private void print(Warehouse warehouse, Run run, Request request, long limit) throws IOException {
    var table = TableCatalog.computed(new Suite.Entry(request.table(), metric));
    var rows =
        new PartitionRows(
            warehouse, table, List.of(), partition -> warehouse.stagingOf(run.id(), partition));
    var out = context.console().out();
    long printed =
        rows.print(
            List.of(request.partition()), limit, isJson ? new JsonRows(out) : new TextRows(out));
    if (!isJson) {
      context
          .console()
          .note(
              String.format(
                  Locale.ROOT,
                  "(%s: %,d rows, of a trial that published nothing)",
                  request.partition(),
                  printed));
    }
  }
}
