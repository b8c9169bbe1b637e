package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.testdata.kafka.KafkaBroker;

/**
 * A Kafka topic of generated events, published once and kept for the next benchmark of that size,
 * and the broker that serves it until this is closed.
 */
final class PublishedTopic implements AutoCloseable {
  /** Exists once all is published. */
  private static final String COMPLETE = "complete";

  private static final String NAME = "shop";
  private static final int PARTITIONS = 4;
  private static final LocalDate FIRST_DAY = LocalDate.of(2019, 10, 1);

  private final KafkaBroker broker;
  private final long records;
  private final int days;

  private PublishedTopic(KafkaBroker broker, long records, int days) {
    this.broker = broker;
    this.records = records;
    this.days = days;
  }

  /**
   * Starts the broker, and publishes the events unless that was done before.
   *
   * @throws BenchmarkException if the broker does not start
   */
  static PublishedTopic open(
      ClickmillCommand clickmill, Path folder, long records, int days, TopicCompression compression)
      throws IOException, InterruptedException {
    var home =
        folder.resolve("topic-" + records + "-days-" + days + "-" + compression.brokerSetting());
    boolean isComplete = Files.exists(home.resolve(COMPLETE));
    if (!isComplete) {
      GeneratedWarehouse.delete(home);
    }
    var topic = new PublishedTopic(start(clickmill.kafka(), home, compression), records, days);
    if (!isComplete) {
      boolean isPublished = false;
      try {
        topic.publish(clickmill);
        // Only a broker that was stopped has surely written all to its disk.
        topic.broker.stop();
        Files.createFile(home.resolve(COMPLETE));
        topic.broker.restart();
        isPublished = true;
      } finally {
        if (!isPublished) {
          topic.close();
        }
      }
    }
    return topic;
  }

  private static KafkaBroker start(Path jars, Path folder, TopicCompression compression)
      throws IOException, InterruptedException {
    try {
      return KafkaBroker.start(
          jars, folder, Map.of("compression.type", compression.brokerSetting()));
    } catch (ClickmillException e) {
      throw new BenchmarkException("%s", e.getMessage());
    }
  }

  private void publish(ClickmillCommand clickmill) throws IOException, InterruptedException {
    clickmill.run(
        "publish",
        "--bootstrap-servers",
        bootstrapServers(),
        "--topic",
        NAME,
        "--partitions",
        Integer.toString(PARTITIONS),
        "--format",
        "json",
        "--events",
        Long.toString(records),
        "--days",
        Integer.toString(days),
        "--from",
        FIRST_DAY.toString());
  }

  String name() {
    return NAME;
  }

  /** How many records were published. */
  long records() {
    return records;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Arguments of a load of all that was published, when all its hours are over. */
  List<String> loadOptions() {
    var asOf = FIRST_DAY.plusDays(days).atTime(LocalTime.of(1, 0)).atOffset(ZoneOffset.UTC);
    return List.of(
        "--bootstrap-servers",
        bootstrapServers(),
        "--topic",
        NAME,
        "--start",
        "earliest",
        "--as-of",
        asOf.toString(),
        "-D",
        "clickmill.load.max-age-days=" + (days + 1));
  }

  /** Kills the broker: since all was published, it has only been read. */
  @Override
  public void close() {
    broker.close();
  }
}
