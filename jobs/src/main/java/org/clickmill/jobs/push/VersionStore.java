package org.clickmill.jobs.push;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LoadSettings;

/**
 * Keeps the versions that a topic holds of a table in Kafka itself: those of a year are the
 * metadata of the offset of partition 0 in a consumer group of their own, which nobody consumes
 * with.
 */
final class VersionStore {
  private final KafkaClient client;
  private final TopicPartition place;
  private final String prefix;
  private final int timeout;

  VersionStore(KafkaClient client, String topic, String table, Configuration configuration) {
    this.client = client;
    this.place = new TopicPartition(topic, 0);
    this.prefix = PushProducer.id(topic, table) + ".";
    this.timeout = LoadSettings.CONNECT_SECONDS.get(configuration) * 1000;
  }

  /** What the topic holds: as it was committed, or read back where Kafka does not know any more. */
  PushedVersions find(Collection<Integer> years, SentRecords sent) throws InterruptedException {
    var versions = new PushedVersions();
    var lost = years.stream().filter(year -> !read(year, versions)).toList();
    if (lost.isEmpty()) {
      return versions;
    }
    sent.moveEnds();
    var found = sent.versions().all();
    found.forEach(
        (day, version) -> {
          if (lost.contains(day.getYear())) {
            versions.put(day, version);
          }
        });
    return versions;
  }

  /**
   * Reads the versions of a year.
   *
   * @return false if Kafka has none, or none any more
   */
  private boolean read(int year, PushedVersions target) {
    try (var consumer = consumer(year)) {
      // Read committed: a transaction that is being committed is waited for.
      var offset = consumer.committed(Set.of(place)).get(place);
      return offset != null && target.add(year, offset.metadata());
    }
  }

  /** Makes the versions of a year a part of the producer's transaction. */
  void write(int year, PushedVersions versions, Producer<byte[], byte[]> producer) {
    ConsumerGroupMetadata group;
    try (var consumer = consumer(year)) {
      group = consumer.groupMetadata();
    }
    producer.sendOffsetsToTransaction(
        Map.of(place, new OffsetAndMetadata(0, versions.text(year))), group);
  }

  private KafkaConsumer<byte[], byte[]> consumer(int year) {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, prefix + year);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    return new KafkaConsumer<>(
        client.with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
