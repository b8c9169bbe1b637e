package org.clickmill.jobs.load;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;

/** A warehouse that topics are loaded into. */
final class LoadedWarehouse {
  /** What JSON messages look like in these tests. */
  static final Mapping MAPPING =
      Mapping.parse(
          """
          format: json
          fields:
            event_time: event_time
            event_type: event_type
            product_id: product_id
            visitor_id: visitor_id
          """,
          "test");

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final Warehouse warehouse;
  private final Configuration configuration;
  private final KafkaClient client;
  private final String start;
  private final boolean acceptDataLoss;

  /** The warehouse {@code shop} of a test's folder. */
  static LoadedWarehouse shop(
      java.nio.file.Path folder, Configuration configuration, String bootstrapServers)
      throws IOException {
    return new LoadedWarehouse(
        new Path(folder.resolve("shop").toUri()), configuration, bootstrapServers);
  }

  /** Opens the warehouse at a root, and creates it if it is missing. */
  LoadedWarehouse(Path root, Configuration configuration, String bootstrapServers)
      throws IOException {
    this(
        Warehouse.openOrCreate(root, configuration),
        configuration,
        client(bootstrapServers),
        "earliest",
        false);
    configuration.setInt(LoadSettings.CONNECT_SECONDS.name(), 5);
  }

  private LoadedWarehouse(
      Warehouse warehouse,
      Configuration configuration,
      KafkaClient client,
      String start,
      boolean acceptDataLoss) {
    this.warehouse = warehouse;
    this.configuration = configuration;
    this.client = client;
    this.start = start;
    this.acceptDataLoss = acceptDataLoss;
  }

  private static KafkaClient client(String bootstrapServers) {
    return KafkaClient.of(bootstrapServers, null, new Configuration(false));
  }

  LoadedWarehouse at(String bootstrapServers) {
    return new LoadedWarehouse(
        warehouse, configuration, client(bootstrapServers), start, acceptDataLoss);
  }

  LoadedWarehouse acceptingDataLoss() {
    return new LoadedWarehouse(warehouse, configuration, client, start, true);
  }

  LoadedWarehouse starting(String at) {
    return new LoadedWarehouse(warehouse, configuration, client, at, acceptDataLoss);
  }

  Warehouse warehouse() {
    return warehouse;
  }

  /** A file or folder of the loader's own. */
  Path loaderFile(String name) {
    return new Path(warehouse.loaderFolder(), name);
  }

  Run run() {
    return Run.start(warehouse, configuration, CLOCK, Run.Progress.SILENT);
  }

  LoadOutcome load(Instant asOf, String... topics) throws IOException, InterruptedException {
    return load(MAPPING, asOf, topics);
  }

  LoadOutcome load(Mapping mapping, Instant asOf, String... topics)
      throws IOException, InterruptedException {
    var options =
        new LoadOptions(
            List.of(topics),
            mapping,
            ValueFormat.JSON,
            start == null ? null : StartAt.parse(start),
            asOf,
            acceptDataLoss);
    return new Loader(run(), client, options).load();
  }

  LateEvents late() {
    return new LateEvents(run());
  }

  LoaderStatus status() throws IOException, InterruptedException {
    return LoaderStatus.read(run(), client).orElseThrow();
  }

  SortedMap<Partition, Manifest> manifests(String dataset) throws IOException {
    return warehouse.manifests(dataset, null, null);
  }

  /** The rows of each sealed hour. */
  Map<String, Long> hours() throws IOException {
    var hours = new TreeMap<String, Long>();
    manifests(Datasets.EVENTS)
        .forEach((hour, manifest) -> hours.put(hour.path(), manifest.fingerprint().rows()));
    return hours;
  }

  int version(String hour) throws IOException {
    return manifests(Datasets.EVENTS).get(new Partition(Datasets.EVENTS, hour)).version();
  }

  /** Where the events of all sealed hours came from, each as {@code topic-partition@offset}. */
  List<String> places() throws IOException {
    var places = new ArrayList<String>();
    for (var hour : manifests(Datasets.EVENTS).entrySet()) {
      for (var file : InputFile.of(warehouse, hour.getKey(), hour.getValue())) {
        addPlaces(file, places);
      }
    }
    places.sort(null);
    return places;
  }

  /** The visitor_id of the events of all sealed hours. */
  List<String> visitors() throws IOException {
    var visitors = new ArrayList<String>();
    for (var hour : manifests(Datasets.EVENTS).entrySet()) {
      for (var file : InputFile.of(warehouse, hour.getKey(), hour.getValue())) {
        try (var reader = EventFileReader.open(warehouse.fileSystem(), file, configuration)) {
          var event = new Event();
          for (event = reader.next(event); event != null; event = reader.next(event)) {
            visitors.add(String.valueOf(event.getVisitorId()));
          }
        }
      }
    }
    return visitors;
  }

  /** The same of all that was loaded: events of sealed and of open hours, late ones, rejects. */
  List<String> allPlaces() throws IOException {
    var places = new ArrayList<>(places());
    for (var dataset : List.of(Datasets.EVENTS, Datasets.LATE)) {
      for (var day : warehouse.disk().list(new Path(warehouse.loaderFolder(), dataset))) {
        for (var hour : warehouse.disk().list(day.getPath())) {
          for (var file : warehouse.disk().list(hour.getPath())) {
            var partition =
                new Partition(dataset, day.getPath().getName() + "/" + hour.getPath().getName());
            if (!isInItsHour(partition.path(), file.getPath().getName())) {
              addPlaces(new InputFile(file.getPath().toString(), partition, file.getLen()), places);
            }
          }
        }
      }
    }
    for (var rejects : manifests(Datasets.REJECTS).keySet()) {
      try (var rows =
          TableReader.open(warehouse.fileSystem(), warehouse.pathOf(rejects), configuration)) {
        while (rows.next()) {
          places.add(
              rows.value("source_name")
                  + "-"
                  + rows.value("source_partition")
                  + "@"
                  + rows.value("source_offset"));
        }
      }
    }
    places.sort(null);
    return places;
  }

  /** Whether a file is about to be deleted, since its events are where they belong. */
  private boolean isInItsHour(String hour, String name) throws IOException {
    return warehouse.manifest(new Partition(Datasets.EVENTS, hour)).stream()
        .flatMap(manifest -> manifest.sources().stream())
        .anyMatch(source -> source.identity().equals(name));
  }

  private void addPlaces(InputFile file, List<String> places) throws IOException {
    try (var reader = EventFileReader.open(warehouse.fileSystem(), file, configuration)) {
      var event = new Event();
      for (event = reader.next(event); event != null; event = reader.next(event)) {
        places.add(
            event.getSourceName()
                + "-"
                + event.getSourcePartition()
                + "@"
                + event.getSourceOffset());
      }
    }
  }
}
