package org.clickmill.jobs.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes topics of a real broker and sends messages to them. */
final class Topics implements AutoCloseable {
  private final Map<String, Object> properties;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  Topics(String bootstrapServers) {
    properties = Map.of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(properties);
    producer = producer(Map.of());
  }

  KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    var all = new HashMap<>(properties);
    all.putAll(more);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void create(String topic, int partitions, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    var created = new NewTopic(topic, partitions, (short) 1).configs(settings);
    admin.createTopics(List.of(created)).all().get();
  }

  void create(String topic, int partitions) throws ExecutionException, InterruptedException {
    create(topic, partitions, Map.of());
  }

  void delete(String topic) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  void addPartitions(String topic, int total) throws ExecutionException, InterruptedException {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get();
  }

  void deleteBefore(String topic, int partition, long offset)
      throws ExecutionException, InterruptedException {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  /** Sends the events of some times, as the mapping clickmill reads them. */
  void send(String topic, int partition, Instant... times)
      throws ExecutionException, InterruptedException {
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var time : times) {
      sent.add(producer.send(new ProducerRecord<>(topic, partition, null, event(time))));
    }
    for (var future : sent) {
      future.get();
    }
  }

  void send(String topic, int partition, byte[] value)
      throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
  }

  static byte[] event(Instant time) {
    var json =
        "{\"event_time\":\""
            + time
            + "\",\"event_type\":\"view\",\"product_id\":\"p1\","
            + "\"visitor_id\":\"v1\"}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
