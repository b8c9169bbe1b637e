package org.clickmill.jobs;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.jobs.interactions.Interactions;
import org.clickmill.jobs.interactions.InteractionsDays;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.JobChain;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.TableMaker;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.sales.SalesTrend;
import org.clickmill.jobs.views.Trending;
import org.clickmill.jobs.views.ViewCounts;

/** Computes tables that are made from many days, and publishes them. */
final class TableRuns {
  private final LocalWarehouse local;

  TableRuns(LocalWarehouse local) {
    this.local = local;
  }

  /** All tables that the settings ask for, of some days. */
  List<Publication> run(TableMaker maker, Collection<LocalDate> days)
      throws IOException, InterruptedException {
    return run(maker, table -> true, days);
  }

  List<Publication> run(TableMaker maker, Predicate<Table> wanted, Collection<LocalDate> days)
      throws IOException, InterruptedException {
    var requests =
        maker.tables(local.configuration()).stream()
            .filter(wanted)
            .flatMap(table -> days.stream().map(day -> new Request(table, day)))
            .toList();
    var datasets = new TreeSet<String>();
    for (var request : requests) {
      datasets.add(request.table().dataset());
      datasets.addAll(request.table().inputs().datasets());
    }
    var catalog = local.catalog(datasets.toArray(new String[0]));
    var run = local.run().step(maker.name());
    var outcome = outcome(maker, run, catalog, requests);
    return new Publisher(local.warehouse(), run.id()).publishAll(outcome.partitions());
  }

  private static Outcome outcome(TableMaker maker, Run run, Catalog catalog, List<Request> requests)
      throws IOException, InterruptedException {
    return maker instanceof JobChain chain
        ? chain.run(run, catalog, TableRuns::schemaOf, requests)
        : new FoldJob(run, catalog, TableRuns::schemaOf)
            .run(maker.name(), Map.of((Analysis) maker, requests));
  }

  private static TableSchema schemaOf(String dataset) {
    return dataset.equals(Datasets.EVENTS_DAILY)
        ? EventRows.SCHEMA
        : Stream.of(
                new ViewCounts(),
                new Sales(),
                new Trending(),
                new SalesTrend(),
                new InteractionsDays(),
                new Interactions())
            .flatMap(maker -> maker.tables().stream())
            .filter(table -> table.dataset().equals(dataset))
            .findFirst()
            .orElseThrow()
            .schema();
  }
}
