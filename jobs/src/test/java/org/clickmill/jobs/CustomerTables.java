package org.clickmill.jobs;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.clv.Clv;
import org.clickmill.jobs.customers.CustomerDays;
import org.clickmill.jobs.customers.Customers;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Outcome;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.TableMaker;

/** Computes and publishes the tables of customers in a local warehouse. */
final class CustomerTables {
  private final LocalWarehouse local;

  CustomerTables(LocalWarehouse local) {
    this.local = local;
  }

  /** customer_days of every compacted day. */
  List<Publication> days() throws IOException, InterruptedException {
    var catalog = catalog();
    return fold(
        new CustomerDays(),
        catalog,
        catalog.manifests(Datasets.EVENTS_DAILY).keySet().stream()
            .map(partition -> partition.day())
            .toList());
  }

  /** Snapshots of customers, all in one scan. */
  List<Publication> snapshots(LocalDate... days) throws IOException, InterruptedException {
    return fold(new Customers(), catalog(), Arrays.asList(days));
  }

  /** The older snapshot that a new one would begin with, or null if it would read all days. */
  LocalDate startOf(LocalDate day) throws IOException {
    var analysis = new Customers();
    return analysis
        .outputPartitions(requests(analysis, List.of(day)), catalog(), local.configuration())
        .get(0)
        .reads()
        .stream()
        .filter(read -> read.dataset().equals(Customers.DATASET))
        .map(Partition::day)
        .findFirst()
        .orElse(null);
  }

  private List<Publication> fold(Analysis analysis, Catalog catalog, Collection<LocalDate> days)
      throws IOException, InterruptedException {
    var run = local.run().step("customers");
    var outcome =
        new FoldJob(run, catalog, CustomerTables::schemaOf)
            .run("customers", Map.of(analysis, requests(analysis, days)));
    return new Publisher(local.warehouse(), run.id()).publishAll(outcome.partitions());
  }

  /** clv and clv_model of snapshots, and clv_calibration if the settings ask for it. */
  Outcome clv(LocalDate... days) throws IOException, InterruptedException {
    var run = local.run().step("clv");
    var maker = new Clv();
    var outcome =
        maker.run(run, catalog(), CustomerTables::schemaOf, requests(maker, Arrays.asList(days)));
    new Publisher(local.warehouse(), run.id()).publishAll(outcome.partitions());
    return outcome;
  }

  /** The partitions that a request of clv alone stages; nothing is published. */
  List<StagedPartition> clvAlone(LocalDate day) throws IOException, InterruptedException {
    var maker = new Clv();
    var requests =
        requests(maker, List.of(day)).stream()
            .filter(request -> request.table().dataset().equals(Clv.DATASET))
            .toList();
    return maker
        .run(local.run().step("clv"), catalog(), CustomerTables::schemaOf, requests)
        .partitions();
  }

  Catalog catalog() throws IOException {
    return local.catalog(
        Datasets.EVENTS_DAILY,
        CustomerDays.DATASET,
        Customers.DATASET,
        Clv.DATASET,
        Clv.MODEL,
        Clv.CALIBRATION);
  }

  private List<Request> requests(TableMaker maker, Collection<LocalDate> days) {
    var requests = new ArrayList<Request>();
    for (var day : days) {
      maker.tables(local.configuration()).forEach(table -> requests.add(new Request(table, day)));
    }
    return requests;
  }

  private static TableSchema schemaOf(String dataset) {
    return dataset.equals(Datasets.EVENTS_DAILY)
        ? EventRows.SCHEMA
        : Stream.of(new CustomerDays(), new Customers(), new Clv())
            .flatMap(maker -> maker.tables().stream())
            .filter(table -> table.dataset().equals(dataset))
            .findFirst()
            .orElseThrow()
            .schema();
  }
}
