package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Topics with gaps, and with records and batches of every size, of a real broker. */
class UnusualTopicsIT {
  private static final Instant TIME = Instant.parse("2019-10-01T00:10:00Z");
  private static final Instant NOW = Instant.parse("2019-10-01T00:20:00Z");
  private static final int MEGABYTE = 1 << 20;
  private static final int HUGE = 24 * MEGABYTE;

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;
  private static Topics topics;

  @TempDir Path folder;
  private Configuration configuration;
  private LoadedWarehouse shop;
  private String topic;

  @BeforeAll
  static void startBroker() throws IOException, InterruptedException {
    broker = TestBroker.start(brokerFolder, Map.of("log.cleaner.backoff.ms", "50"));
    topics = new Topics(broker.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    broker.close();
  }

  @BeforeEach
  void begin(TestInfo test) throws IOException {
    topic = test.getTestMethod().orElseThrow().getName();
    configuration = LocalWarehouse.configuration(folder);
    shop = LoadedWarehouse.shop(folder, configuration, broker.bootstrapServers());
  }

  @Test
  void compactedOffsetsAreGapsAndNothingElseIsLost() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    // Many tasks, so that ranges begin and end in gaps.
    configuration.setInt(LoadSettings.TASK_RECORDS.name(), 7);
    topics.create(
        topic,
        2,
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.01",
            "delete.retention.ms", "0"));
    var loaded = new TreeSet<String>();
    long end = 0;
    for (int round = 0; round < 2; round++) {
      var description = "seed " + seed + ", round " + round;
      sendAndCompact(random);
      var before = events();
      var total = shop.load(NOW, topic).total();
      // Those that were compacted meanwhile may be loaded or not.
      var after = events();
      var places = shop.allPlaces();
      assertThat(places).as(description).doesNotHaveDuplicates().containsAll(loaded);
      assertThat(total.events()).as(description).isEqualTo(places.size() - loaded.size());
      before.addAll(loaded);
      assertThat(before).as(description).containsAll(places);
      assertThat(places).as(description).containsAll(after);
      assertThat(total.gaps()).as(description).isPositive();
      assertThat(total.offsets()).as(description).isEqualTo(end() - end);
      end = end();
      loaded.addAll(places);
    }
  }

  /** The places of the records with a value that Kafka has now. */
  private Set<String> events() {
    var events = new TreeSet<String>();
    for (var record : TopicRecords.of(TestBroker.client(broker), topic)) {
      if (record.value() != null) {
        events.add(topic + "-" + record.partition() + "@" + record.offset());
      }
    }
    return events;
  }

  private long end() throws Exception {
    return topics.end(topic, 0) + topics.end(topic, 1);
  }

  /** Sends records of few keys until half of them have been compacted away. */
  private void sendAndCompact(Random random) throws Exception {
    int before = events().size();
    int sent = 0;
    do {
      for (int i = 0; i < 20; i++) {
        boolean isTombstone = random.nextInt(5) == 0;
        topics.send(
            topic,
            random.nextInt(2),
            "key-" + random.nextInt(6),
            isTombstone ? null : Topics.event(TIME));
        sent++;
      }
      // A segment is closed by the first record that comes after its time.
      Thread.sleep(150);
    } while (events().size() > before + sent / 2);
  }

  @Test
  void recordsLargerThanAFetchAreLoaded() throws Exception {
    topics.create(topic, 1, Map.of("max.message.bytes", "" + HUGE));
    byte[] event = Topics.event(TIME);
    try (var producer = topics.producer(Map.of("max.request.size", HUGE, "buffer.memory", HUGE))) {
      // JSON may end in spaces; without them, the second is none.
      for (byte[] value : List.of(event, padded(event, ' '), padded(event, 'x'), event)) {
        producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
      }
    }
    assertThatThrownBy(() -> shop.load(NOW, topic))
        .hasMessageStartingWith("Too many rejects: 1 of 4 records");
    assertThat(shop.allPlaces())
        .containsExactly(topic + "-0@0", topic + "-0@1", topic + "-0@2", topic + "-0@3");
    var rejects = shop.manifests(Datasets.REJECTS).firstKey();
    var warehouse = shop.warehouse();
    try (var rows =
        TableReader.open(warehouse.fileSystem(), warehouse.pathOf(rejects), configuration)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value("source_offset")).isEqualTo(2L);
      assertThat(Arrays.equals((byte[]) rows.value("raw"), padded(event, 'x'))).isTrue();
    }
  }

  private static byte[] padded(byte[] value, char padding) {
    var text = new String(value, StandardCharsets.UTF_8);
    return (text + String.valueOf(padding).repeat(16 * MEGABYTE)).getBytes(StandardCharsets.UTF_8);
  }
}
