package org.clickmill.drivers.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.clickmill.drivers.cli.CommittedRecords;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.live.Live;
import org.clickmill.jobs.live.LiveChanges;
import org.clickmill.jobs.live.LiveSwitch;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.push.ChangedRows;
import org.clickmill.jobs.push.Push;
import org.clickmill.jobs.push.PushOutcome;
import org.clickmill.jobs.push.PushTable;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push of a live table reads depends on the update before it, not on the day. */
final class LivePushIT {
  private static final LocalDate DAY = LocalDate.of(2024, 3, 1);
  private static final Instant AS_OF = Instant.parse("2024-03-02T00:30:00Z");
  private static final int PRODUCTS = 10;

  @TempDir private static Path brokerFolder;
  private static KafkaBroker broker;
  private static KafkaClient client;

  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
    client = new KafkaClient(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void pushReadsWhatTheUpdateHasChangedHoweverLongTheDayIs() throws Exception {
    var shop = new LiveShop(folder, client, "counted");
    var topic = "counted-live";
    for (int hour = 0; hour < 6; hour++) {
      var events = new ArrayList<String>();
      for (int bucket = 0; bucket < 12; bucket++) {
        for (int product = 0; product < PRODUCTS; product++) {
          events.add(purchase(hour, 5 * bucket, product, 1, ""));
        }
      }
      shop.publish(events);
      shop.load(AS_OF);
      var changes = shop.update().changes();
      var outcome = push(shop, topic, changes);
      assertThat(outcome.recordsRead()).as("hour %d", hour).isZero();
      assertThat(outcome.rowsRead()).as("hour %d", hour).isEqualTo(12 * PRODUCTS);
      assertThat(outcome.rows()).isEqualTo(12 * PRODUCTS);
    }
    // One product more in five minutes of the second hour.
    shop.publish(List.of(purchase(1, 30, PRODUCTS, 1, ""), purchase(1, 30, 0, 1, "")));
    shop.load(AS_OF);
    var update = shop.update();
    assertThat(update.buckets()).isEqualTo(1);

    var outcome = push(shop, topic, update.changes());

    // The hour before, and the hour now; of these rows, only those of the five minutes are
    // compared.
    assertThat(outcome.recordsRead()).isZero();
    assertThat(outcome.rowsRead()).isEqualTo(2 * 12 * PRODUCTS + 1);
    assertThat(outcome.rows()).isEqualTo(2);
    assertThat(outcome.unchanged()).isEqualTo(6 * 12 * PRODUCTS - 1);
    assertThat(state(topic)).isEqualTo(table(shop));
    assertEachVersionOnce(topic);
  }

  @Test
  void topicIsReadInWholeOnlyWhereTheVersionPushedLastIsMissing() throws Exception {
    var shop = new LiveShop(folder, client, "missed");
    var topic = "missed-live";
    for (int product = 0; product < PRODUCTS; product++) {
      arrive(shop, purchase(product, 0, product, 1, ""));
    }
    push(shop, topic, LiveChanges.NONE);
    arrive(shop, purchase(3, 0, 3, 2, ""));
    // Another process, which knows nothing of the update.
    var restarted = push(shop, topic, ChangedRows.UNKNOWN);
    assertThat(restarted.recordsRead()).isZero();
    assertThat(restarted.rowsRead()).isEqualTo(2);

    arrive(shop, purchase(3, 0, 4, 2, ""));
    shop.local
        .warehouse()
        .disk()
        .delete(new org.apache.hadoop.fs.Path(shop.local.warehouse().root(), "_trash"));
    var missed = push(shop, topic, ChangedRows.UNKNOWN);
    assertThat(missed.recordsRead()).isGreaterThanOrEqualTo(PRODUCTS + 1);
    assertThat(missed.rows()).isEqualTo(1);
    assertThat(state(topic)).isEqualTo(table(shop));
    assertEachVersionOnce(topic);
  }

  @Test
  void topicHoldsTheTableAfterRandomUpdatesOfWhichNotAllArePushed() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    System.out.println("LivePushIT seed " + seed);
    var random = new Random(seed);
    var shop = new LiveShop(folder, client, "random");
    var topic = "random-live";
    int events = 0;
    for (int round = 0; round < 12; round++) {
      var lines = new ArrayList<String>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        // An id that comes again with an earlier time takes its row away from a later bucket.
        int id = random.nextInt(3) == 0 ? random.nextInt(++events) : ++events;
        int hour = random.nextInt(4);
        int minute = random.nextInt(60);
        lines.add(purchase(hour, minute, random.nextInt(4), random.nextInt(3), "e" + id));
      }
      shop.publish(lines);
      shop.load(AS_OF);
      var changes = shop.update().changes();
      if (random.nextInt(4) > 0) {
        push(shop, topic, random.nextBoolean() ? changes : ChangedRows.UNKNOWN);
        assertThat(state(topic)).as("seed %d, round %d", seed, round).isEqualTo(table(shop));
      }
    }
    shop.compare("seed " + seed);
    var run = shop.local.run();
    new LiveSwitch(run, days -> java.util.Set.copyOf(days)).endFreshDays();
    var emptied = push(shop, topic, LiveChanges.NONE);
    assertThat(emptied.tombstones()).isPositive();
    assertThat(state(topic)).as("seed %d", seed).isEmpty();
    assertEachVersionOnce(topic);
  }

  private static void arrive(LiveShop shop, String event) throws Exception {
    shop.publish(List.of(event));
    shop.load(AS_OF);
    shop.update();
  }

  private static String purchase(int hour, int minute, int product, int quantity, String id) {
    return String.format(
        Locale.ROOT,
        "%sT%02d:%02d:00Z,purchase,p%d,,,,7,%d,v1,,,o%d,%s",
        DAY,
        hour,
        minute,
        product,
        quantity,
        product,
        id);
  }

  private static PushOutcome push(LiveShop shop, String topic, ChangedRows changes)
      throws IOException, InterruptedException {
    var table =
        new Live()
            .tables().stream()
                .filter(each -> each.dataset().equals(Live.LIVE_SALES))
                .findFirst()
                .orElseThrow();
    var options = new Push.Options(topic, null, false);
    return new Push(shop.local.run(), client, PushTable.of(table), options)
        .run(null, null, changes);
  }

  /** Units by bucket and product, as the table has them. */
  private static Map<String, Long> table(LiveShop shop) throws IOException, SQLException {
    var rows = new TreeMap<String, Long>();
    var warehouse = shop.local.warehouse();
    var path = warehouse.pathOf(Partition.ofDay(Live.LIVE_SALES, DAY));
    try (var row = TableReader.open(warehouse.fileSystem(), path, warehouse.configuration())) {
      while (row.next()) {
        rows.put(row.time("bucket_start") + " " + row.text("product_id"), row.longValue("units"));
      }
    }
    return rows;
  }

  /** Units by bucket and product, as a reader of the topic has them. */
  private static Map<String, Long> state(String topic) throws IOException {
    var rows = new TreeMap<String, Long>();
    for (var record : records(topic)) {
      var key = new ObjectMapper().readTree(record.key());
      var bucket = Instant.parse(key.get("bucket_start").asText());
      var name = bucket + " " + key.get("product_id").asText();
      if (record.value() == null) {
        assertThat(rows.remove(name)).as(name).isNotNull();
      } else {
        rows.put(name, new ObjectMapper().readTree(record.value()).get("units").asLong());
      }
    }
    return rows;
  }

  private static void assertEachVersionOnce(String topic) {
    var seen = new HashSet<String>();
    for (var record : records(topic)) {
      var version = new String(record.headers().lastHeader("clickmill.version").value(), UTF_8);
      assertThat(seen.add(new String(record.key(), UTF_8) + version)).isTrue();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return CommittedRecords.of(topic, client.properties());
  }
}
