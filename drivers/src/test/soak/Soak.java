import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.testdata.kafka.KafkaBroker;

/** What load-soak and push-soak cannot do by commands; run from the source, with the job jar. */
public final class Soak {
  private Soak() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "broker" -> runBroker(Path.of(arguments[1]), Path.of(arguments[2]));
      case "places" -> printPlaces(arguments[1]);
      case "topic" -> printTopic(arguments[1], arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Prints the broker's address, and runs it until standard input ends. */
  private static void runBroker(Path jars, Path folder) throws Exception {
    try (var broker = KafkaBroker.start(jars, folder)) {
      System.out.println(broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // Nothing is ever sent.
      }
    }
  }

  /** Prints the key, the version and the hash of each committed record of a pushed topic. */
  private static void printTopic(String server, String topic) {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            server,
            "isolation.level",
            "read_committed",
            // The job jar lacks what that takes.
            "enable.metrics.push",
            "false");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          var row = record.headers().lastHeader("clickmill.row");
          System.out.println(
              new String(record.key(), UTF_8)
                  + "\t"
                  + new String(record.headers().lastHeader("clickmill.version").value(), UTF_8)
                  + "\t"
                  + (row == null ? "-" : HexFormat.of().formatHex(row.value())));
        }
      }
    }
  }

  /** Prints where each sealed event of a warehouse came from. */
  private static void printPlaces(String root) throws Exception {
    var configuration = new Configuration();
    var warehouse =
        Warehouse.open(new org.apache.hadoop.fs.Path(Path.of(root).toUri()), configuration);
    for (var hour : warehouse.manifests("events", null, null).entrySet()) {
      for (var file : InputFile.of(warehouse, hour.getKey(), hour.getValue())) {
        try (var reader = EventFileReader.open(warehouse.fileSystem(), file, configuration)) {
          for (var event = reader.next(new Event()); event != null; event = reader.next(event)) {
            System.out.println(
                event.getSourceName()
                    + "-"
                    + event.getSourcePartition()
                    + "@"
                    + event.getSourceOffset());
          }
        }
      }
    }
  }
}
