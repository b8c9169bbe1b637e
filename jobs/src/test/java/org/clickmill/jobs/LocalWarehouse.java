package org.clickmill.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.AtomicLocalFileSystem;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publication;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.CompactJob;
import org.clickmill.jobs.ingest.ImportJob;
import org.clickmill.jobs.kernel.Analysis;
import org.clickmill.jobs.kernel.FoldJob;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.sales.Sales;
import org.clickmill.jobs.views.TopProducts;
import org.clickmill.jobs.views.ViewCounts;

/** A warehouse in a temporary folder, and the whole chain of jobs on Hadoop's local runner. */
public final class LocalWarehouse {
  /** Imports run at this time unless a test says otherwise. */
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Configuration configuration;
  private final Warehouse warehouse;
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  public LocalWarehouse(java.nio.file.Path folder) throws IOException {
    configuration = configuration(folder);
    // No power fails here, and forcing thousands of small files to the disk takes minutes.
    configuration.set("clickmill.warehouse.sync", "false");
    warehouse =
        Warehouse.openOrCreate(new Path(folder.resolve("warehouse").toString()), configuration);
  }

  /** What makes the local runner quick, with all its files below a folder. */
  public static Configuration configuration(java.nio.file.Path folder) {
    var configuration = new Configuration(new JobConf());
    configuration.set("fs.file.impl", AtomicLocalFileSystem.class.getName());
    configuration.set("hadoop.tmp.dir", folder.resolve("hadoop").toString());
    configuration.set(
        "mapreduce.jobtracker.staging.root.dir", folder.resolve("staging").toString());
    configuration.set("mapreduce.client.progressmonitor.pollinterval", "10");
    configuration.set("mapreduce.client.completion.pollinterval", "10");
    configuration.set("mapreduce.local.map.tasks.maximum", "2");
    configuration.set("mapreduce.local.reduce.tasks.maximum", "2");
    configuration.set("mapreduce.task.io.sort.mb", "4");
    return configuration;
  }

  public LocalWarehouse set(String key, Object value) {
    configuration.set(key, String.valueOf(value));
    return this;
  }

  public LocalWarehouse at(Instant now) {
    clock = Clock.fixed(now, ZoneOffset.UTC);
    return this;
  }

  public Configuration configuration() {
    return configuration;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  /** Where DuckDB finds a dataset's data files. */
  public String glob(String dataset) {
    return warehouse.root().toUri().getPath() + "/" + dataset + "/**/*.parquet";
  }

  public Run run() {
    return Run.start(warehouse, configuration, clock, Run.Progress.SILENT);
  }

  public static ImportJob.Options options(String mapping) {
    return new ImportJob.Options(mapping, null, false, true, false);
  }

  public static ImportJob.Options replacing(String mapping) {
    return new ImportJob.Options(mapping, null, true, true, false);
  }

  public ImportJob.Outcome importFiles(java.nio.file.Path input, String mapping)
      throws IOException, InterruptedException {
    return importFiles(input, options(mapping));
  }

  public ImportJob.Outcome importFiles(java.nio.file.Path input, ImportJob.Options options)
      throws IOException, InterruptedException {
    return new ImportJob(run().step("import"), options).run(new Path(input.toString()));
  }

  /** Compacts every day whose 24 hours are sealed. */
  public CompactJob.Outcome compact() throws IOException, InterruptedException {
    var catalog = catalog(Datasets.EVENTS, Datasets.EVENTS_DAILY);
    var run = run().step("compact");
    var outcome = new CompactJob(run, catalog).run(sealedDays(catalog));
    new Publisher(warehouse, run.id()).publishAll(outcome.partitions());
    return outcome;
  }

  /** Computes every table that there is, for all compacted days. */
  public void analyze() throws IOException, InterruptedException {
    for (var grain : Grain.values()) {
      fold(Datasets.EVENTS_DAILY, table -> table.grain() == grain);
    }
    fold(ViewCounts.DAILY, table -> true);
  }

  public void compactAndAnalyze() throws IOException, InterruptedException {
    compact();
    analyze();
  }

  /** Runs one scan for all wanted tables that are computed from an input, and publishes them. */
  public List<Publication> fold(String input, Predicate<Table> wanted)
      throws IOException, InterruptedException {
    var datasets = new TreeSet<String>();
    datasets.add(input);
    tables().keySet().forEach(table -> datasets.add(table.dataset()));
    var catalog = catalog(datasets.toArray(new String[0]));
    var requests = new java.util.LinkedHashMap<Analysis, List<Request>>();
    tables()
        .forEach(
            (table, analysis) -> {
              if (table.inputs().datasets().contains(input) && wanted.test(table)) {
                var starts = new TreeSet<LocalDate>();
                for (var partition : catalog.manifests(input).keySet()) {
                  starts.add(table.grain().start(partition.day()));
                }
                starts.forEach(
                    start ->
                        requests
                            .computeIfAbsent(analysis, any -> new ArrayList<>())
                            .add(new Request(table, start)));
              }
            });
    return fold(catalog, requests);
  }

  /** Runs one scan and publishes what it wrote. */
  public List<Publication> fold(Catalog catalog, Map<Analysis, List<Request>> requests)
      throws IOException, InterruptedException {
    var run = run().step("fold");
    var outcome = new FoldJob(run, catalog, LocalWarehouse::schemaOf).run("fold", requests);
    return new Publisher(warehouse, run.id()).publishAll(outcome.partitions());
  }

  private static TableSchema schemaOf(String dataset) {
    return dataset.equals(Datasets.EVENTS_DAILY)
        ? EventRows.SCHEMA
        : tables().keySet().stream()
            .filter(table -> table.dataset().equals(dataset))
            .findFirst()
            .orElseThrow()
            .schema();
  }

  /** Every table of the analyses. */
  public static Map<Table, Analysis> tables() {
    var tables = new java.util.LinkedHashMap<Table, Analysis>();
    Stream.of(new ViewCounts(), new Sales(), new TopProducts())
        .forEach(analysis -> analysis.tables().forEach(table -> tables.put(table, analysis)));
    return tables;
  }

  public Catalog catalog(String... datasets) throws IOException {
    return Catalog.read(warehouse, List.of(datasets), null, null);
  }

  public Map<Partition, Manifest> manifests(String dataset) throws IOException {
    return warehouse.manifests(dataset, null, null);
  }

  /** The fingerprint of every partition of the hours, the days and all tables. */
  public Map<Partition, Fingerprint> fingerprints() throws IOException {
    var fingerprints = new TreeMap<Partition, Fingerprint>();
    for (var dataset : warehouse.datasets()) {
      if (!dataset.equals(Datasets.REJECTS)) {
        manifests(dataset)
            .forEach((partition, manifest) -> fingerprints.put(partition, manifest.fingerprint()));
      }
    }
    return fingerprints;
  }

  public Map<Partition, Integer> versions(String dataset) throws IOException {
    var versions = new TreeMap<Partition, Integer>();
    manifests(dataset)
        .forEach((partition, manifest) -> versions.put(partition, manifest.version()));
    return versions;
  }

  /** One column of all rows of a Parquet partition, in the order of the files' names. */
  public List<Object> column(Partition partition, String column) throws IOException {
    var values = new ArrayList<>();
    try (var rows =
        TableReader.open(warehouse.fileSystem(), warehouse.pathOf(partition), configuration)) {
      while (rows.next()) {
        values.add(rows.value(column));
      }
    }
    return values;
  }

  /** Events in all hours. */
  public long eventsInHours() throws IOException {
    return manifests(Datasets.EVENTS).values().stream()
        .mapToLong(manifest -> manifest.fingerprint().rows())
        .sum();
  }

  private static TreeSet<LocalDate> sealedDays(Catalog catalog) {
    var days = new TreeSet<LocalDate>();
    catalog.manifests(Datasets.EVENTS).keySet().forEach(hour -> days.add(hour.day()));
    days.removeIf(
        day ->
            CompactJob.table().inputs().of(day, null).stream()
                .anyMatch(hour -> catalog.manifest(hour).isEmpty()));
    return days;
  }
}
