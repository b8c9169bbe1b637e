package org.clickmill.drivers.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what transactions have committed to a topic. */
public final class CommittedRecords {
  private CommittedRecords() {}

  /**
   * All records of a topic that no transaction is writing to. A commit is known to the producer
   * before readers see it: so this reads to where the topic ends, not to where readers would end
   * now.
   *
   * @param client settings of Kafka's client, with the brokers
   */
  public static List<ConsumerRecord<byte[], byte[]>> of(String topic, Map<String, String> client) {
    var settings = new HashMap<String, Object>(client);
    settings.put("isolation.level", "read_committed");
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = consumer(settings)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      var ends = ends(partitions, client);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static Map<TopicPartition, Long> ends(
      List<TopicPartition> partitions, Map<String, String> client) {
    var settings = new HashMap<String, Object>(client);
    settings.put("isolation.level", "read_uncommitted");
    try (var consumer = consumer(settings)) {
      return consumer.endOffsets(partitions);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
