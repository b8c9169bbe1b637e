package org.clickmill.jobs.push;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.KafkaFailure;
import org.clickmill.jobs.load.LoadSettings;

/** Reads back what a topic was sent of a table: committed records only. */
final class SentRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaClient client;
  private final String topic;
  private final byte[] table;
  private final long stallNanos;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private Map<TopicPartition, Long> ends = Map.of();
  private long read;

  private SentRecords(
      KafkaClient client,
      String topic,
      String table,
      Configuration configuration,
      Admin admin,
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions) {
    this.client = client;
    this.topic = topic;
    this.table = PushHeaders.utf8(table);
    this.stallNanos = TimeUnit.SECONDS.toNanos(LoadSettings.STALL_SECONDS.get(configuration));
    this.admin = admin;
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /**
   * Connects to the topic, which exists.
   *
   * @throws KafkaException if Kafka cannot be reached
   */
  static SentRecords open(
      KafkaClient client, String topic, String table, Configuration configuration) {
    int timeout = LoadSettings.CONNECT_SECONDS.get(configuration) * 1000;
    var admin =
        Admin.create(
            client.with(
                Map.of(
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    timeout,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    timeout)));
    KafkaConsumer<byte[], byte[]> consumer = null;
    try {
      consumer =
          new KafkaConsumer<>(
              client.with(
                  Map.of(
                      ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                      ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                      // The end is known: what is there is there.
                      ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20",
                      // Records that retention deletes meanwhile are nothing that consumers have.
                      ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                      ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout)),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      return new SentRecords(client, topic, table, configuration, admin, consumer, partitions);
    } catch (KafkaException e) {
      if (consumer != null) {
        consumer.close();
      }
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /** Reads no further, from now on, than to where the topic ends now. */
  void moveEnds() throws InterruptedException {
    // Not the last stable offsets: another table's transaction may be open before our records.
    ends = offsets(partitions, OffsetSpec.latest());
  }

  /** The newest version of each partition of the table that the topic has a record of. */
  PushedVersions versions() throws InterruptedException {
    var versions = new PushedVersions();
    scan(
        offsets(partitions, OffsetSpec.earliest()),
        (record, headers) -> {
          var day = new Partition("", headers.partition()).day();
          versions.put(day, Math.max(versions.of(day), headers.version()));
        });
    return versions;
  }

  /** Takes records, those of a key in the topic's order. */
  @FunctionalInterface
  interface Handler {
    /**
     * A record.
     *
     * @param partition the path of the table's partition that it is of
     * @param row the hash of the row, or null for a tombstone
     */
    void put(String partition, byte[] key, byte[] row);
  }

  /** Reads all records of the partitions from a day on; some of older ones may be among them. */
  void read(LocalDate from, Handler handler) throws InterruptedException {
    scan(
        begin(from),
        (record, headers) ->
            handler.put(
                headers.partition(), record.key(), record.value() == null ? null : headers.row()));
  }

  /** How many records were read so far, of other tables too. */
  long recordsRead() {
    return read;
  }

  /** The timestamp of no record of a day's partition is below this, whatever clocks say. */
  static long earliestTimestamp(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private Map<TopicPartition, Long> begin(LocalDate day) throws InterruptedException {
    var begins = offsets(partitions, OffsetSpec.forTimestamp(earliestTimestamp(day)));
    // Where there is no record that new, there is none to read.
    begins.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
    return begins;
  }

  private void scan(
      Map<TopicPartition, Long> begins,
      BiConsumer<ConsumerRecord<byte[], byte[]>, PushHeaders> handler) {
    begins.forEach(consumer::seek);
    long moved = System.nanoTime();
    long before = -1;
    while (true) {
      long left = 0;
      for (var partition : partitions) {
        left += Math.max(0, ends.get(partition) - consumer.position(partition));
      }
      if (left == 0) {
        return;
      }
      if (left != before) {
        before = left;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > stallNanos) {
        throw ClickmillException.notReady(
            "Cannot read topic %s at %s to its end: a transaction in it is open, or its broker is"
                + " stalled; try again",
            topic, client);
      }
      for (var record : consumer.poll(POLL)) {
        read++;
        var end = ends.get(new TopicPartition(record.topic(), record.partition()));
        if (record.offset() >= end || record.key() == null) {
          continue;
        }
        var headers = PushHeaders.read(record.headers(), table);
        if (headers != null) {
          handler.accept(record, headers);
        }
      }
    }
  }

  private Map<TopicPartition, Long> offsets(Collection<TopicPartition> wanted, OffsetSpec spec)
      throws InterruptedException {
    var specs = new HashMap<TopicPartition, OffsetSpec>();
    wanted.forEach(partition -> specs.put(partition, spec));
    var answer = admin.listOffsets(specs);
    var offsets = new HashMap<TopicPartition, Long>();
    for (var partition : wanted) {
      try {
        offsets.put(partition, answer.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        throw KafkaFailure.of(client, "Cannot read topic " + topic, e.getCause());
      }
    }
    return offsets;
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    admin.close(Duration.ZERO);
  }
}
