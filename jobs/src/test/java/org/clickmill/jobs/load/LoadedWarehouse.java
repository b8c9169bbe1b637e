package org.clickmill.jobs.load;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.read.InputFile;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.LocalWarehouse;

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

  private final LocalWarehouse local;
  private final KafkaClient client;
  private final String start;
  private final boolean acceptDataLoss;

  LoadedWarehouse(LocalWarehouse local, String bootstrapServers) {
    this(local, client(bootstrapServers), "earliest", false);
    local.set(LoadSettings.CONNECT_SECONDS.name(), 5);
  }

  private LoadedWarehouse(
      LocalWarehouse local, KafkaClient client, String start, boolean acceptDataLoss) {
    this.local = local;
    this.client = client;
    this.start = start;
    this.acceptDataLoss = acceptDataLoss;
  }

  private static KafkaClient client(String bootstrapServers) {
    return KafkaClient.of(bootstrapServers, null, new Configuration(false));
  }

  LoadedWarehouse at(String bootstrapServers) {
    return new LoadedWarehouse(local, client(bootstrapServers), start, acceptDataLoss);
  }

  LoadedWarehouse acceptingDataLoss() {
    return new LoadedWarehouse(local, client, start, true);
  }

  LoadedWarehouse starting(String at) {
    return new LoadedWarehouse(local, client, at, acceptDataLoss);
  }

  LocalWarehouse local() {
    return local;
  }

  LoadOutcome load(Instant asOf, String... topics) throws IOException, InterruptedException {
    return new Loader(local.run(), client, options(asOf, topics)).load();
  }

  LoadOptions options(Instant asOf, String... topics) {
    return new LoadOptions(
        List.of(topics),
        MAPPING,
        ValueFormat.JSON,
        start == null ? null : StartAt.parse(start),
        asOf,
        acceptDataLoss);
  }

  LateEvents late() {
    return new LateEvents(local.run());
  }

  /** The rows of each sealed hour. */
  Map<String, Long> hours() throws IOException {
    var hours = new TreeMap<String, Long>();
    local
        .manifests(Datasets.EVENTS)
        .forEach((hour, manifest) -> hours.put(hour.path(), manifest.fingerprint().rows()));
    return hours;
  }

  int version(String hour) throws IOException {
    return local.manifests(Datasets.EVENTS).get(new Partition(Datasets.EVENTS, hour)).version();
  }

  /** Where the events of all sealed hours came from, each as {@code topic-partition@offset}. */
  List<String> places() throws IOException {
    var places = new ArrayList<String>();
    for (var hour : local.manifests(Datasets.EVENTS).entrySet()) {
      for (var file : InputFile.of(local.warehouse(), hour.getKey(), hour.getValue())) {
        try (var reader =
            EventFileReader.open(local.warehouse().fileSystem(), file, local.configuration())) {
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
    places.sort(null);
    return places;
  }
}
